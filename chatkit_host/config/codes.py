"""The stable codes of problems: what a tool or a search can hold on to."""

from __future__ import annotations

# The file itself.
UNREADABLE = "CK001"
SYNTAX = "CK002"
DUPLICATE_KEY = "CK003"
NOT_JSON = "CK004"
TOO_LARGE = "CK005"
UNQUOTED = "CK006"
# What is filled in.
NO_VARIABLE = "CK011"
BAD_VARIABLE = "CK012"
NO_FILE = "CK013"
CIRCLE = "CK014"
# The shape of sections.
UNKNOWN_KEY = "CK101"
MISSING_KEY = "CK102"
WRONG_TYPE = "CK103"
NOT_A_CHOICE = "CK104"
BAD_VALUE = "CK105"
KIND = "CK106"
BAD_SCHEMA = "CK107"
NOT_YET = "CK108"
NO_EFFECT = "CK109"
# What leads from one thing to another.
UNKNOWN_NAME = "CK201"
BAD_NAME = "CK202"
AMBIGUOUS = "CK203"
# What runs later.
TEMPLATE = "CK301"
UNKNOWN_VARIABLE = "CK302"
PATTERN = "CK303"
WIDGET = "CK304"
ACTION = "CK305"
TARGET = "CK306"
ARGUMENTS = "CK307"
UNSAFE = "CK308"
UNFIT = "CK309"
PACKAGE = "CK310"

MEANINGS = {
    UNREADABLE: "the file cannot be read",
    SYNTAX: "this is not YAML",
    DUPLICATE_KEY: "a name stands twice in one map",
    NOT_JSON: "a value that JSON does not have",
    TOO_LARGE: "too much, too deep, or without end",
    UNQUOTED: "a text that wants quotes",
    NO_VARIABLE: "an environment variable that is not set",
    BAD_VARIABLE: "a ${…} that cannot be read",
    NO_FILE: "a file that cannot be read",
    CIRCLE: "files that include each other",
    UNKNOWN_KEY: "a key that does not belong here",
    MISSING_KEY: "a key that is missing",
    WRONG_TYPE: "a value of the wrong type",
    NOT_A_CHOICE: "a value that is not among the choices",
    BAD_VALUE: "a value that is out of range or badly written",
    KIND: "a thing that does not say what it is, or says it twice",
    BAD_SCHEMA: "a data schema that cannot be read",
    NOT_YET: "a part of the language that this version does not know yet",
    NO_EFFECT: "a part that does nothing beside another one",
    UNKNOWN_NAME: "a name that leads nowhere",
    BAD_NAME: "a name that cannot be used",
    AMBIGUOUS: "a choice that must be made",
    TEMPLATE: "a template or expression that cannot be compiled",
    UNKNOWN_VARIABLE: "a variable that is not in scope",
    PATTERN: "a pattern that RE2 does not take",
    WIDGET: "a widget that cannot be built",
    ACTION: "an action that nobody handles, or not as it is sent",
    TARGET: "a place that `set` cannot write",
    ARGUMENTS: "arguments that do not fit",
    UNSAFE: "a setting that would let strangers in",
    UNFIT: "a tool, a step or a rule where it cannot be used",
    PACKAGE: "a package that is not installed",
}
