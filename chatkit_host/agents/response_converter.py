"""How pictures and citations of a model's response become ChatKit's; override what differs."""

from __future__ import annotations

from openai.types.responses.response_output_text import (
    AnnotationContainerFileCitation,
    AnnotationFileCitation,
    AnnotationURLCitation,
)

from chatkit_host.types import Annotation, FileSource, URLSource


class ResponseStreamConverter:
    """Turns what a model streams into what ChatKit shows.

    Args:
        partial_images: how many unfinished versions of a picture to expect; with it, progress
            is counted, without it it stays at 0.
    """

    partial_images: int | None = None

    def __init__(self, *, partial_images: int | None = None) -> None:
        self.partial_images = partial_images

    async def base64_image_to_url(
        self, image_id: str, base64_image: str, partial_image_index: int | None = None
    ) -> str:
        """The URL under which a client gets the picture; by default, the picture is in it.

        Args:
            image_id: the generating call, the same for all versions of one picture.
            base64_image: the picture's bytes.
            partial_image_index: which unfinished version it is, from 0; None for the finished one.
        """
        return f"data:image/png;base64,{base64_image}"

    def partial_image_index_to_progress(self, partial_image_index: int) -> float:
        """How far a picture has come with that version, from 0 to 1."""
        if not self.partial_images or self.partial_images < 0:
            return 0.0
        return min(1.0, partial_image_index / self.partial_images)

    async def file_citation_to_annotation(
        self, file_citation: AnnotationFileCitation
    ) -> Annotation | None:
        """A citation of a file; None leaves it out."""
        return _file_annotation(file_citation.filename, file_citation.index)

    async def container_file_citation_to_annotation(
        self, container_file_citation: AnnotationContainerFileCitation
    ) -> Annotation | None:
        """A citation of a file that the model's code made; None leaves it out."""
        citation = container_file_citation
        return _file_annotation(citation.filename, citation.end_index)

    async def url_citation_to_annotation(
        self, url_citation: AnnotationURLCitation
    ) -> Annotation | None:
        """A citation of a web page; None leaves it out."""
        if not url_citation.url:
            return None
        source = URLSource(url=url_citation.url, title=url_citation.title or url_citation.url)
        return Annotation(source=source, index=url_citation.end_index)


def _file_annotation(filename: str | None, index: int | None) -> Annotation | None:
    if not filename:
        return None
    return Annotation(source=FileSource(filename=filename, title=filename), index=index)
