"""The server (服务): gunicorn with threads, static files from the data folder, no configuration file."""

from __future__ import annotations

import errno
import os
import socket
from typing import Any

import click
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts.setup_token import setup_token_make
from zhenggai.ops.background import beside_server
from zhenggai.ops.demo_folder import is_demo_folder
from zhenggai.ops.errors import AddressUnusableError, PortTakenError, RealUseOfDemoError
from zhenggai.ops.language import _
from zhenggai.ops.migrating import bring_up_to_date, is_embedded
from zhenggai.ops.static_files import collect
from zhenggai.ops.terminal import strong

ANY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 - named in order to warn of it


class Server(BaseApplication):
    """Gunicorn, told everything by arguments; it reads no file and no ``GUNICORN_CMD_ARGS``."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Set each option that this gunicorn knows."""
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, made in each worker process."""
        return get_wsgi_application()


def serve(*, host: str, port: int, workers: int | None, threads: int) -> None:
    """Serve for real use: database brought up to date, first-administrator step, no demo sign-ins.

    Raises:
        RealUseOfDemoError: when the data folder holds the demonstration.
        PortTakenError, AddressUnusableError: when the address cannot be listened on.
    """
    settings.ZHENGGAI_DEMO = False
    if is_demo_folder():
        raise RealUseOfDemoError(path=str(settings.ZHENGGAI_DATA_DIR))
    listener = listen(host, port)
    bring_up_to_date()
    collect()
    click.echo(strong(_("Zhenggai is at %(address)s", address=address(host, port))))
    click.echo(_("Data folder: %(path)s", path=settings.ZHENGGAI_DATA_DIR))
    if not accounts.people_exist():
        click.echo(
            _(
                "Nobody can sign in yet. Open %(link)s and set up the first two administrators with this "
                "one-time token: %(token)s",
                link=f"{address(host, port)}setup/",
                token=setup_token_make(),
            )
        )
    if host in ANY_ADDRESS or host not in {*settings.ALLOWED_HOSTS, "::1"}:
        click.echo(_("Reached under another name? Put that name into ZHENGGAI_ALLOWED_HOSTS."))
    click.echo(_("Ctrl+C stops it."))
    run(listener, workers=workers, threads=threads)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a taken port is known before anything else is done.

    Raises:
        PortTakenError, AddressUnusableError: each with its sentence.
    """
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as refusal:
        raise AddressUnusableError(host=host, port=port, reason=refusal.strerror) from refusal
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
        listener.listen(2048)
    except OSError as refusal:
        listener.close()
        if refusal.errno == errno.EADDRINUSE:
            raise PortTakenError(host=host, port=port) from refusal
        raise AddressUnusableError(host=host, port=port, reason=refusal.strerror) from refusal
    return listener


def address(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    shown = "127.0.0.1" if host in ANY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def run(listener: socket.socket, *, workers: int | None, threads: int) -> None:
    """Hand the socket to gunicorn, with a worker beside it on SQLite; returns never.

    SIGTERM and Ctrl+C end the process with 0.
    """
    options = {
        "bind": f"fd://{listener.detach()}",
        "worker_class": "gthread",
        "workers": workers or (1 if is_embedded() else 2),
        "threads": threads,
        "proc_name": "zhenggai",
        "loglevel": "warning",
        "timeout": 120,
        "graceful_timeout": 20,
        "keepalive": 5,
        # a query of Chinese words is nine bytes a character
        "limit_request_line": 8190,
        "control_socket_disable": True,
    }
    for connection in connections.all(initialized_only=True):
        # a connection or a pool's threads must not be shared with the worker processes
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    if is_embedded():
        beside_server()
    Server(options).run()
