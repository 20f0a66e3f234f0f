from collections.abc import Callable

import pytest
from PIL import Image, ImageOps

from resume_review.documents import Status
from resume_review.documents.ocr.picture import Picture, file_pictures
from resume_review.documents.reading import PageSize, UnreadableError

pytestmark = pytest.mark.unit

Stored = Callable[..., bytes]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_box_of_a_turned_page_is_found_on_the_displayed_one(degrees: int) -> None:
    image = Image.new("L", (100, 200), 255)
    image.paste(0, (10, 20, 30, 60))
    turned = Picture(image, PageSize(100, 200)).rotated(degrees)
    ink = ImageOps.invert(turned.image).getbbox()
    assert ink is not None

    assert turned.displayed((float(ink[0]), float(ink[1]), float(ink[2]), float(ink[3]))) == (10, 20, 30, 60)


def test_stated_resolution_gives_the_size_of_the_paper(stored: Stored) -> None:
    (picture,) = file_pictures(stored(Image.new("L", (1700, 2200)), "PNG", dpi=(200, 200)), most=2)

    assert (round(picture.size.width), round(picture.size.height)) == (612, 792)


def test_small_picture_is_enlarged_for_recognition(stored: Stored) -> None:
    (picture,) = file_pictures(stored(Image.new("L", (600, 850)), "PNG"), most=2)

    assert picture.image.width == pytest.approx(1654, abs=2)


def test_transparent_ground_is_paper(stored: Stored) -> None:
    (picture,) = file_pictures(stored(Image.new("RGBA", (600, 850), (0, 0, 0, 0)), "PNG"), most=2)

    assert picture.image.getextrema() == (255, 255)


def test_photo_is_turned_as_its_camera_says(stored: Stored) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    (picture,) = file_pictures(stored(Image.new("L", (800, 400)), "JPEG", exif=exif), most=2)

    assert picture.size.height > picture.size.width


def test_flood_of_pixels_is_refused_before_it_is_decoded(stored: Stored) -> None:
    data = stored(Image.new("1", (8_000, 8_000)), "PNG")

    with pytest.raises(UnreadableError) as refusal:
        list(file_pictures(data, most=1))

    assert refusal.value.status == Status.TOO_LARGE


def test_damaged_picture_is_malformed(stored: Stored) -> None:
    data = stored(Image.effect_noise((300, 300), 60), "PNG")[:9000]

    with pytest.raises(UnreadableError) as refusal:
        list(file_pictures(data, most=1))

    assert refusal.value.status == Status.MALFORMED
