"""`web`: the page for the coordinator, from a server on one's own computer."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.options import Language
from kpr_validator.commands.telling import UNFINISHED, USAGE, say
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from kpr_validator.web.guard import Place

LOWEST_PORT = 1024

app = typer.Typer(add_completion=False)

Host = Annotated[
    str,
    typer.Option(
        "--host", help="Adressen det svares på; en annen enn 127.0.0.1 er åpen for flere."
    ),
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="Porten det svares på; 0 er en ledig port.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Ikke åpne nettleseren.")]


@app.command()
def web(
    *,
    port: Port = 0,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    lang: Language = "nb",
) -> None:
    """Åpne siden der filer slippes inn og tilbakemeldingen vises. Alt blir på denne maskinen."""
    words = texts(lang)
    try:
        from kpr_validator.web.serve import serve  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        say(words("web.no_engine"))
        raise typer.Exit(USAGE) from error
    if 0 < port < LOWEST_PORT:
        say(words("web.low_port", lowest=LOWEST_PORT))
        raise typer.Exit(USAGE)

    def tell(place: Place) -> None:
        if not place.is_loopback:
            say(words("web.open_to_others", host=place.host))
        sys.stdout.write(f"{words('web.where', url=place.url)}\n{words('web.stop')}\n")
        sys.stdout.flush()

    gc.enable()  # unlike the other commands this one lives long
    try:
        serve(host, port, tell, opens=not no_browser)
    except OSError as error:
        say(words("web.no_place", host=host, port=port, why=error.strerror or ""))
        raise typer.Exit(UNFINISHED) from error
