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
# A server that was started anew, a connection that was cut, a server that has no time.
AWAY = (ldap.SERVER_DOWN, ldap.CONNECT_ERROR, ldap.TIMEOUT, ldap.UNAVAILABLE, ldap.BUSY)

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
    # Nobody else is asked.
    connection.set_option(ldap.OPT_REFERRALS, ldap.OPT_OFF)
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
    except AWAY:
        # One that stays away raises this again, and the file is tried again.
        on_load()
        found = search(owner)
    # What has no name is a hint to another server.
    return [value.decode() for name, entry in found if name is not None for value in entry.get(ATTRIBUTE, [])] or [UNKNOWN]
