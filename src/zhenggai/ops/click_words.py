"""Click's own words (命令行框架用语), named here so that the catalogues hold them.

Click asks the standard library's ``gettext`` for each; `zhenggai.ops.language.speak_everywhere` points that
at our catalogue.
"""

from __future__ import annotations

from gettext import ngettext

from zhenggai.domain.messages import msg

WORDS = (
    msg("Usage:"),
    msg("Options"),
    msg("Commands"),
    msg("Positional arguments"),
    msg("Show this message and exit."),
    msg("Show the version and exit."),
    msg("%(prog)s, version %(version)s"),
    msg("default: {default}"),
    msg("required"),
    msg("Aborted!"),
    msg("Error: {message}"),
    msg("Try '{command} {option}' for help."),
    msg("Missing command."),
    msg("Missing argument"),
    msg("Missing option"),
    msg("Missing parameter"),
    msg("No such option {name!r}."),
    msg("No such command {name!r}."),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    msg("Option {name!r} requires an argument."),
    msg("Option {name!r} does not take a value."),
    msg("Invalid value: {message}"),
    msg("Invalid value for {param_hint}: {message}"),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    msg("{value!r} is not a valid {number_type}."),
    msg("{value} is not in the range {range}."),
)
