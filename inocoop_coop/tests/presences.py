import base64
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from .common import TODAY
from .hours import HoursCommon


def draw(colour=(0, 0, 80, 255), lines=(((5, 40), (90, 10)),)):
    """A signature of a few strokes, as the web client sends it."""
    image = Image.new('RGBA', (120, 50), (0, 0, 0, 0))
    for line in lines:
        ImageDraw.Draw(image).line(line, fill=colour, width=3)
    content = io.BytesIO()
    image.save(content, 'PNG')
    return base64.b64encode(content.getvalue()).decode()


class PresenceCommon(HoursCommon):
    """The autumn cohort is expected on this Thursday and on Friday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presences = cls.autumn._expect_presences(TODAY, TODAY + timedelta(days=1))

    @classmethod
    def _half(cls, membership, half='morning', day=TODAY):
        return cls.presences.filtered(
            lambda presence: (presence.membership_id, presence.date, presence.half) == (membership, day, half))
