"""`ui`: the host's own page, in the options of ChatKit.js, written in snake_case."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from chatkit_host.config.names import ModelName, PickedTool
from chatkit_host.config.section import Section
from chatkit_host.config.values import Icon

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s;,'\"*]+$")]


class Title(Section):
    """The title in the header."""

    enabled: bool | None = Field(None, description="Whether there is one.")
    text: str | None = Field(None, description="Shown in place of the thread's title.")


class Header(Section):
    """The bar at the top."""

    enabled: bool | None = Field(None, description="Whether there is one.")
    title: Title | None = None


class History(Section):
    """The list of one's threads."""

    enabled: bool | None = Field(None, description="Whether there is one.")
    show_delete: bool | None = Field(None, description="Whether threads can be deleted.")
    show_rename: bool | None = Field(None, description="Whether threads can be renamed.")


class Prompt(Section):
    """Something to begin with, at a click."""

    label: str = Field(description="What is shown.")
    prompt: str | list[dict[str, Any]] = Field(description="What is sent: a text, or its parts.")
    icon: Icon | None = None


class StartScreen(Section):
    """What is shown before the first message."""

    greeting: str | None = None
    prompts: tuple[Prompt, ...] | None = None


class FontSource(Section):
    """A font file; `allow.font` has to name its origin if it is another."""

    family: str
    src: str = Field(description="The URL of the file.")
    weight: str | int | None = None
    style: Literal["normal", "italic", "oblique"] | None = None
    display: Literal["auto", "block", "swap", "fallback", "optional"] | None = None
    unicode_range: str | None = None


class Typography(Section):
    """Letters."""

    base_size: Literal[14, 15, 16, 17, 18] | None = Field(None, description="In pixels.")
    font_family: str | None = None
    font_family_mono: str | None = None
    font_sources: tuple[FontSource, ...] | None = None


class Grayscale(Section):
    """The grays."""

    hue: int = Field(ge=0, le=360, description="Degrees on the colour wheel.")
    tint: int = Field(ge=0, le=9, description="How much of the hue the grays have.")
    shade: int | None = Field(None, ge=-4, le=4, description="Darker or lighter.")


class Accent(Section):
    """The colour of buttons and what is chosen."""

    primary: str = Field(description="A CSS colour: #0f766e.")
    level: Literal[0, 1, 2, 3] = Field(description="How far it reaches beyond buttons.")


class Surface(Section):
    """The ground and the ink."""

    background: str
    foreground: str


class Color(Section):
    """Colours."""

    grayscale: Grayscale | None = None
    accent: Accent | None = None
    surface: Surface | None = None


class Theme(Section):
    """How the page looks; `light` or `dark` for short. Without a scheme it is the system's."""

    short: ClassVar[str | None] = "color_scheme"

    color_scheme: Literal["light", "dark"] | None = None
    radius: Literal["pill", "round", "soft", "sharp"] | None = None
    density: Literal["compact", "normal", "spacious"] | None = None
    typography: Typography | None = None
    color: Color | None = None


class ComposerTool(Section):
    """A tool to pick in the composer; its `id` is `tool_choice` in templates."""

    id: PickedTool
    label: str
    icon: Icon
    short_label: str | None = Field(None, description="On the button once it is picked.")
    placeholder_override: str | None = Field(None, description="In the field once it is picked.")
    pinned: bool | None = Field(None, description="Beside the menu, not in it.")
    persistent: bool | None = Field(None, description="Stays picked after sending.")


class ComposerModel(Section):
    """A model to pick in the composer."""

    id: ModelName
    label: str
    description: str | None = None
    disabled: bool | None = None
    default: bool | None = None


class Composer(Section):
    """Where one writes. Dictation is there when `transcription` is."""

    placeholder: str | None = None
    tools: tuple[ComposerTool, ...] | None = None
    models: tuple[ComposerModel, ...] | None = None


class Disclaimer(Section):
    """Words below the composer, in Markdown."""

    short: ClassVar[str | None] = "text"

    text: str
    high_contrast: bool | None = None


class ThreadItemActions(Section):
    """What can be done with an answer."""

    feedback: bool | None = Field(None, description="Thumbs up and down.")
    retry: bool | None = Field(None, description="Having another answer.")


class ThreadView(Section):
    """The thread."""

    auto_scroll: bool | None = Field(None, description="Whether it follows an answer that grows.")


class Allow(Section):
    """What the page may load from elsewhere; without it, nothing."""

    img: tuple[Origin, ...] = Field((), description="Origins of images: https://files.example.com.")
    font: tuple[Origin, ...] = Field((), description="Origins of fonts: https://files.example.com.")
    connect: tuple[Origin, ...] = Field(
        (), description="Origins that files are uploaded to: https://files.example.com."
    )


class Ui(Section):
    """The host's own page."""

    locale: str | None = Field(None, description="The language of the page; else the browser's.")
    frame_title: str | None = Field(None, description="What screen readers call the chat.")
    theme: Theme | None = None
    header: Header | None = None
    history: History | None = None
    start_screen: StartScreen | None = None
    composer: Composer | None = None
    thread_item_actions: ThreadItemActions | None = None
    disclaimer: Disclaimer | None = None
    thread: ThreadView | None = None
    allow: Allow = Allow.left_out()
