"""The command line: puts the commands together. No judgement is made here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

from kpr_validator import __version__

if TYPE_CHECKING:
    from typer._click import Command

# As `--help` shows them; each is the `app` of a module of that name under commands.
COMMANDS = (
    "check",
    "rules",
    "explain",
    "feedback",
    "indicators",
    "compare",
    "letter",
    "generate",
    "triage",
    "scrub",
    "conformance",
    "web",
)


class Commands(TyperGroup):
    """The commands, each imported when it is asked for, so that none waits for another's needs."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002  the name is click's
        """Return the names as the help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Command | None:  # noqa: ARG002
        """Return a command; a name that is none has all of them loaded, to suggest one."""
        for name in (cmd_name,) if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                module = import_module(f"kpr_validator.commands.{name.replace('-', '_')}")
                self.add_command(get_command(module.app), name)
        return self.commands.get(cmd_name)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kontrollerer kommunens årlige IPLOS-melding til KPR før den sendes.",
)

Version = Annotated[bool, typer.Option("--version", help="Si hvilken versjon dette er.")]


@app.callback(invoke_without_command=True)
def root(*, version: Version = False) -> None:
    """Kontrollerer kommunens årlige IPLOS-melding til KPR før den sendes."""
    if version:
        typer.echo(f"kpr-validator {__version__}")
        raise typer.Exit
