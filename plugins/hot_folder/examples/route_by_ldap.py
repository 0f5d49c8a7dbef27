# A routing script that asks an LDAP directory: the owner's entry says where the owner's pictures go.
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner's uid is what `info["owner"]` says, or else what stands before the first _ of the file's name: rkoch_0815.tif."""
import contextlib

import ldap
import ldap.filter

# Change these in your copy. Each value of the attribute is a folder.
SERVER = "ldap://127.0.0.1:389"
BASE = "dc=example,dc=org"
ATTRIBUTE = "departmentNumber"
SECONDS = 5
UNKNOWN = "unknown"

connection = None


def on_load():
    """Called once in each worker, before the first file. Where the server does not answer, the file is tried again later."""
    global connection
    if connection is not None:
        with contextlib.suppress(ldap.LDAPError):
            connection.unbind_s()
    connection = ldap.initialize(SERVER)
    connection.set_option(ldap.OPT_NETWORK_TIMEOUT, SECONDS)
    connection.set_option(ldap.OPT_TIMEOUT, SECONDS)
    connection.simple_bind_s()


def search(owner):
    # Whoever names a file must not be able to ask for something else.
    wanted = f"(&(objectClass=inetOrgPerson)(uid={ldap.filter.escape_filter_chars(owner)}))"
    return connection.search_ext_s(BASE, ldap.SCOPE_SUBTREE, wanted, [ATTRIBUTE], timeout=SECONDS)


def route(path, metadata):
    """The folders of the picture's owner."""
    owner = metadata.get("owner") or path.stem.partition("_")[0]
    try:
        found = search(owner)
    except ldap.SERVER_DOWN:
        # The server was started anew, or the connection was cut; one that stays away raises this again.
        on_load()
        found = search(owner)
    return [value.decode() for _, entry in found for value in entry.get(ATTRIBUTE, [])] or [UNKNOWN]
