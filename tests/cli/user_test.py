#!/usr/bin/env python3
"""The command user from outside: accounts, roles, first passwords, links."""
import json
import os
import re
import tempfile

from program import run
from tap import Tap

PASSWORD = re.compile(r'one-time password: ([0-9a-hjkmnp-tv-z]{5}(?:-[0-9a-hjkmnp-tv-z]{5}){3})$', re.MULTILINE)


def accounts(base):
    return {a['email']: a for a in json.loads(run('user', base, '--format', 'json')[1])}


def fails(code, *words):
    def holds(result):
        return [] if result[0] == code and not result[1] and all(w in result[2] for w in words) else list(map(str, result))
    return holds


def check_new(tap, folder):
    base = os.path.join(folder, 'admin.fairlead')
    code, out, err = run('new', base, '--admin', 'Admin@expo.example')
    tap.check('new makes the first administrator and prints a password',
              [] if code == 0 and PASSWORD.search(out) else [out, err])
    first = accounts(base)
    tap.check('it is an administrator', [] if first['admin@expo.example']['roles'] == 'administrator' else [str(first)])
    raw = open(base, 'rb').read()
    tap.check('the password stands nowhere in the database', [] if PASSWORD.search(out).group(1).encode() not in raw else ['found'])
    bad = os.path.join(folder, 'bad.fairlead')
    result = run('new', bad, '--admin', 'no address')
    tap.check('with a wrong address no database is left', fails(1, 'mail address')(result) + (['left'] if os.path.exists(bad) else []))


def check_accounts(tap, base):
    run('new', base, '--sample')
    steps = [run('user', base, 'add', 'admin@expo.example', '--role', 'administrator'),
             run('user', base, 'add', 'Lin.Fang@expo.example', '--role', 'area-manager', '--chain', 'clean-energy',
                 '--name', '林芳', '--language', 'zh')]
    tap.check('accounts are added, each with a password of its own',
              [str(s) for s in steps if s[0] != 0] + ([] if len({PASSWORD.search(s[1]).group(1) for s in steps}) == 2 else ['the same']))
    lin = accounts(base)['lin.fang@expo.example']
    tap.check('the list shows name, language and role with its chain',
              [] if (lin['name'], lin['language'], lin['roles']) == ('林芳', 'zh', 'area-manager of clean-energy') else [str(lin)])
    refusals = [
        (run('user', base, 'add', 'lin.fang@expo.example'), fails(1, 'has an account already')),
        (run('user', base, 'add', 'x@y.example', '--role', 'owner'), fails(2, '--role is one of')),
        (run('user', base, 'add', 'x@y.example', '--role', 'area-manager'), fails(1, 'needs one chain')),
        (run('user', base, 'add', 'x@y.example', '--role', 'area-manager', '--chain', 'none'), fails(1, 'no chain')),
        (run('user', base, 'add', 'x@y.example', '--role', 'pavilion-manager', '--pavilion', 'Atlantis'), fails(1, 'no pavilion')),
        (run('user', base, 'disable', 'x@y.example'), fails(1, 'no account x@y.example')),
        (run('user', base, 'fire', 'x@y.example'), fails(2, 'no action')),
        (run('user', base, 'disable'), fails(2, 'needs the mail address')),
        (run('user', base, 'role', 'lin.fang@expo.example'), fails(2, 'needs --role')),
        (run('user', base, 'link', 'lin.fang@expo.example'), fails(2, 'needs --origin')),
        (run('user', base, 'disable', 'admin@expo.example'), fails(1, 'last administrator')),
    ]
    tap.check('what cannot be is refused with words', [f for result, holds in refusals for f in holds(result)])


def check_changes(tap, base):
    lin = 'lin.fang@expo.example'
    steps = [run('user', base, 'role', lin, '--role', 'reader'),
             run('user', base, 'unrole', lin, '--role', 'area-manager', '--chain', 'clean-energy')]
    tap.check('roles are given and taken', [str(s) for s in steps if s[0] != 0] +
              ([] if accounts(base)[lin]['roles'] == 'reader' else [str(accounts(base)[lin])]))
    tap.check('a role that is not there is not taken', fails(1, 'does not have')(run('user', base, 'unrole', lin, '--role', 'organiser')))
    run('user', base, 'disable', lin)
    state = accounts(base)[lin]['state']
    run('user', base, 'enable', lin)
    tap.check('accounts are disabled and enabled', [] if (state, accounts(base)[lin]['state']) == ('disabled', 'active') else [state])
    first, second = (PASSWORD.search(run('user', base, 'password', lin)[1]) for _ in range(2))
    tap.check('a new password is printed', [] if first and second and first.group(1) != second.group(1) else ['no password'])
    _, out, err = run('user', base, 'link', lin, '--origin', 'https://expo.example')
    tap.check('a link is printed', [] if re.search(r'^https://expo\.example/desk/link\?purpose=set-password#[\w-]{43}$', out, re.MULTILINE) else [out, err])
    _, out, _ = run('log', base)
    tap.check('the log has each change and names no secret',
              [] if out.count(' account ') >= 6 and 'argon2' not in out else [out])
    code, out, err = run('check', base)
    tap.check('the database is whole', [] if code == 0 else [out, err])


def check_person(tap, base):
    lin = 'lin.fang@expo.example'
    found = json.loads(run('user', base, 'report', lin, '--name', '林芳', '--format', 'json')[1])
    places = {(f['where'], f['column']) for f in found}
    tap.check('a report tells where a person stands',
              [str(w) for w in [('account', 'email'), ('account', 'name'), ('role_grant', 'account_id'), ('log', None)] if w not in places])
    code, out, err = run('user', base, 'erase', lin)
    left = json.loads(run('user', base, 'report', lin, '--name', '林芳', '--format', 'json')[1])
    raw = open(base, 'rb').read()
    tap.check('after erasing nothing is left of the person',
              ([] if code == 0 else [out, err]) + list(map(str, left)) + (['in the file'] if lin.encode() in raw else []))
    tap.check('an erased account is told as such', [] if any(a['state'] == 'erased' for a in accounts(base).values()) else [str(accounts(base))])
    tap.check('the log keeps the fact', [] if ' erase ' in run('log', base)[1] else [run('log', base)[1]])
    tap.check('the last administrator is not erased', fails(1, 'last administrator')(run('user', base, 'erase', 'admin@expo.example')))
    code, out, err = run('check', base)
    tap.check('the database is whole after it', [] if code == 0 else [out, err])


def check_retention(tap, base):
    code, out, err = run('retention', base, 'drafts', '5', '--apply')
    tap.check('periods are set, listed and applied',
              [] if code == 0 and re.search(r'^drafts +5 +90$', out, re.MULTILINE) and 'deleted 0 of drafts' in out else [out, err])
    tap.check('a wrong period is refused', fails(2, 'kind')(run('retention', base, 'cats', '5')) +
              fails(2, 'number of days')(run('retention', base, 'drafts', 'x')) + fails(1, '3660')(run('retention', base, 'drafts', '9999')))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, 'expo.fairlead')
        check_new(tap, folder)
        check_accounts(tap, base)
        check_changes(tap, base)
        check_person(tap, base)
        check_retention(tap, base)
    tap.end()


main()
