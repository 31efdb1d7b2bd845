"""Pictures handed on as bytes, so that no thread holds them."""

from __future__ import annotations

from chatkit_host.agents import KeptImages


class Shelf:
    """Keeps what it gets."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes, int | None]] = []

    async def keep(self, image_id: str, data: bytes, partial_index: int | None) -> str:
        self.kept.append((image_id, data, partial_index))
        return f"https://files.example/{image_id}"


async def test_the_bytes_of_a_picture_are_kept_and_its_url_is_the_keepers() -> None:
    shelf = Shelf()
    pictures = KeptImages(shelf.keep, partial_images=2)
    assert await pictures.base64_image_to_url("ig_1", "Zm9v") == "https://files.example/ig_1"
    await pictures.base64_image_to_url("ig_1", "Zg==", 0)
    assert shelf.kept == [("ig_1", b"foo", None), ("ig_1", b"f", 0)]
    assert pictures.partial_image_index_to_progress(1) == 0.5


async def test_what_is_no_base64_is_shown_as_it_came() -> None:
    shelf = Shelf()
    url = await KeptImages(shelf.keep).base64_image_to_url("ig_1", "?")
    assert url == "data:image/png;base64,?"
    assert shelf.kept == []
