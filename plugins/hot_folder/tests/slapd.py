# An LDAP server of the tests' own: a real slapd on loopback, with a few people in it.
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import shutil
import socket
import subprocess
import time

import ldap
import ldap.modlist

PROGRAM = pathlib.Path("/usr/sbin/slapd")
SCHEMAS = pathlib.Path("/etc/ldap/schema")
SUFFIX = "dc=example,dc=org"
ADMIN, PASSWORD = f"cn=admin,{SUFFIX}", "secret"
SECONDS = 30

CONFIGURATION = """
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
database mdb
maxsize 16777216
suffix "{suffix}"
rootdn "{admin}"
rootpw {password}
directory {folder}/data
"""


class Server:
    """Not running until `start`; its data stay over a stop."""

    def __init__(self, folder):
        assert PROGRAM.exists() and SCHEMAS.is_dir(), "slapd is missing; tools/setup installs what tests need"
        self._folder = pathlib.Path(folder)
        (self._folder / "data").mkdir(parents=True)
        text = CONFIGURATION.format(schemas=SCHEMAS, folder=folder, suffix=SUFFIX, admin=ADMIN, password=PASSWORD)
        (self._folder / "slapd.conf").write_text(text)
        # Where a system holds slapd to its own folders, by the program's path, this is another program.
        self._program = shutil.copy(PROGRAM, self._folder / "slapd")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"ldap://127.0.0.1:{free.getsockname()[1]}"
        self._process = None

    def start(self):
        """Returns when it answers."""
        command = [self._program, "-h", self.address, "-f", self._folder / "slapd.conf", "-d", "0"]
        with open(self._folder / "slapd.log", "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + SECONDS
        while True:
            assert self._process.poll() is None, f"slapd has ended: {(self._folder / 'slapd.log').read_text()}"
            try:
                self.connect().unbind_s()
                return
            except ldap.SERVER_DOWN:
                assert time.monotonic() < until, "slapd does not answer"
                time.sleep(0.02)

    def stop(self):
        if self._process is not None:
            self._process.terminate()
            self._process.wait(SECONDS)
            self._process = None

    def connect(self):
        connection = ldap.initialize(self.address)
        connection.set_option(ldap.OPT_NETWORK_TIMEOUT, SECONDS)
        connection.simple_bind_s(ADMIN, PASSWORD)
        return connection

    def fill(self, people):
        """`people` are the folders by uid."""
        connection = self.connect()
        organisation = {"objectClass": [b"dcObject", b"organization"], "dc": [b"example"], "o": [b"Example"]}
        connection.add_s(SUFFIX, ldap.modlist.addModlist(organisation))
        for uid, folders in people.items():
            entry = {
                "objectClass": [b"inetOrgPerson"], "uid": [uid.encode()], "cn": [uid.encode()], "sn": [uid.encode()],
                "departmentNumber": [folder.encode() for folder in folders],
            }  # fmt: skip
            connection.add_s(f"uid={ldap.dn.escape_dn_chars(uid)},{SUFFIX}", ldap.modlist.addModlist(entry))
        connection.unbind_s()
