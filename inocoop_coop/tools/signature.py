"""What is drawn with a finger, and counts as a signature."""
import base64
import binascii
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from odoo.exceptions import UserError

MOST_BYTES = 1_000_000  # a hundred times what a finger draws
MOST_PIXELS = 4000  # a side


def check(records, value):
    """Refuse what is no signature: nothing at all, no picture, one that is far too large, or a sheet left blank.

    :param records: any recordset; its environment gives the language of the refusal
    :param value: a picture in base64, as the signature widget makes it; a call from outside may carry anything
    :raise UserError: when nobody signed
    """
    if not value or not isinstance(value, (str, bytes)):
        raise UserError(records.env._("Sign in the frame, with a finger or the mouse."))
    try:
        content = base64.b64decode(value, validate=True)
        image = Image.open(BytesIO(content))  # its size is read, and nothing unpacked yet
        if len(content) > MOST_BYTES or max(image.size) > MOST_PIXELS:
            raise UserError(records.env._("This picture is too large for a signature: sign again in the frame."))
        ink = image.convert('RGBA')
    except (binascii.Error, OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        raise UserError(records.env._("This is no signature: sign again in the frame.")) from None
    # As it looks on paper, where what is transparent is white.
    low, high = Image.alpha_composite(Image.new('RGBA', ink.size, 'white'), ink).convert('L').getextrema()
    if low == high:
        raise UserError(records.env._("Nothing is drawn yet: sign in the frame, with a finger or the mouse."))
