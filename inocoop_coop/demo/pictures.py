"""What a finger draws and a phone takes: signatures and photos, drawn here and always the same."""
import base64
import io
from functools import cache
from random import Random

from PIL import Image, ImageDraw

INK, SKY, WALL, ROOF, LAWN, HEDGE, GLASS = '#1f2a44', '#cfe3f2', '#e8dcc4', '#a4563f', '#8fb35c', '#3f7d3a', '#f7f3e8'


@cache
def signature(name):
    """The signature of that person, as the widget makes it: a PNG in base64."""
    random = Random(name)  # noqa: S311 - a drawing, and the same one each time
    picture = Image.new('RGBA', (320, 110), (0, 0, 0, 0))
    points, x = [], 20
    while x < 290:
        points.append((x, 55 + random.randint(-38, 38) * (1 - x / 400)))
        x += random.randint(9, 22)
    draw = ImageDraw.Draw(picture)
    draw.line(points, fill=INK, width=3, joint='curve')
    draw.line([(25, 92), (280, 92 - random.randint(0, 14))], fill=INK, width=2)
    return base64.b64encode(_save(picture, 'PNG')).decode()


@cache
def photo(subject, is_done):
    """A picture of the work, before or after it, as a JPEG."""
    picture = Image.new('RGB', (800, 600), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 400, 800, 600), fill=LAWN)
    draw.rectangle((250, 170, 650, 420), fill=WALL)
    draw.polygon([(220, 170), (450, 60), (680, 170)], fill=ROOF)
    if subject == 'window':
        draw.rectangle((290, 220, 610, 390), fill=GLASS, outline=INK, width=6)
        for rank in range(6 if is_done else 1):
            draw.ellipse((310 + 50 * rank, 250 + 40 * (rank % 2), 345 + 50 * rank, 285 + 40 * (rank % 2)), fill=ROOF)
    else:
        random = Random(subject)  # noqa: S311 - see above
        for x in range(0, 800, 40):
            top = 350 if is_done else 300 - random.randint(0, 60)
            (draw.rectangle if is_done else draw.ellipse)((x, top, x + 60, 480), fill=HEDGE)
    return _save(picture, 'JPEG')


def _save(picture, form):
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return buffer.getvalue()
