#!/usr/bin/env python3
"""Mail from a running server: into a folder, and to a mail server that wants TLS and a password."""
import asyncio
import email
import email.policy
import glob
import logging
import os
import re
import signal
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import warnings

from program import PROGRAM, run
from tap import Tap

sys.path.append('/usr/lib/python3/dist-packages')
from aiosmtpd.smtp import SMTP, AuthResult  # noqa: E402

LIN = 'lin.fang@expo.example'
LINK = re.compile(r'https://expo\.example/desk/link\?purpose=set-password#[\w-]{43}')
SECRET = 'the password of the mail server'
WAIT_S = 30


class Server:
    """The program serving a database, ended by SIGTERM."""

    def __init__(self, base, *options, env=None):
        self.process = subprocess.Popen([PROGRAM, 'serve', base, '--listen', '127.0.0.1:0', *options], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        self.first = self.process.stdout.readline()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=WAIT_S)[1]


def is_encrypted(server, session):
    return session.ssl is not None or server.transport.get_extra_info('sslcontext') is not None


class Box:
    """What a mail server does with what it gets."""

    def __init__(self, refuse=None):
        self.refuse = refuse
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((is_encrypted(server, session), envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return '250 queued'


class MailServer:
    """aiosmtpd with a certificate of its own: TLS from the first byte, or by STARTTLS, and a password."""

    def __init__(self, box, context=None, implicit=False):
        self.box, self.context, self.implicit = box, context, implicit
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(
            self.loop.create_server(self.conversation, '127.0.0.1', 0, ssl=context if implicit else None))
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def conversation(self):
        def check(server, session, envelope, mechanism, data):
            return AuthResult(success=data.login == b'expo' and data.password == SECRET.encode())
        wants_starttls = self.context is not None and not self.implicit
        return SMTP(self.box, authenticator=check, auth_required=self.context is not None, loop=self.loop,
                    tls_context=self.context if wants_starttls else None, require_starttls=wants_starttls,
                    auth_require_tls=wants_starttls)

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        self.loop.close()


def until(holds):
    """Waits for something that a thread of the server does, up to a limit that only a failure reaches."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def letter_waits(base):
    """Puts a letter to Lin into the outbox; her link."""
    return LINK.search(run('user', base, 'link', LIN, '--origin', 'https://expo.example')[1]).group(0)


def text_of(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return message, message.get_content()


def check_folder(tap, base):
    link = letter_waits(base)
    server = Server(base)
    found = until(lambda: glob.glob(base + '.mail/*.eml'))
    err = server.end()
    files = glob.glob(base + '.mail/*.eml')
    tap.check('without a mail server letters go into a folder beside the database', [] if found and len(files) == 1 else [err])
    message, text = text_of(open(files[0], 'rb').read())
    wrong = [f'{k}: {message[k]}' for k, v in {'To': f'<{LIN}>', 'From': '<expo@localhost>'}.items() if str(message[k]).find(v.strip('<>')) < 0]
    tap.check('a letter is in the language of its account and holds the link',
              wrong + ([] if link in text and message['Subject'] == '您的展会平台账号已开通' and text.startswith('林芳，您好！') else [text]))
    modes = [oct(stat.S_IMODE(os.stat(p).st_mode)) for p in (base + '.mail', files[0])]
    tap.check('nobody else can read it', [] if modes == ['0o700', '0o600'] else modes)
    raw = open(base, 'rb').read() + open(base + '-wal', 'rb').read() if os.path.exists(base + '-wal') else open(base, 'rb').read()
    tap.check('the database holds no link', [] if link.split('#')[1].encode() not in raw else ['found'])
    os.remove(files[0])


def certificate(folder):
    key, crt = os.path.join(folder, 'key.pem'), os.path.join(folder, 'crt.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', crt, '-days', '2', '-subj',
                    '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    return crt, context


def check_server(tap, folder, base, implicit):
    scheme = 'smtps' if implicit else 'smtp'
    crt, context = certificate(folder)
    box = Box()
    mail = MailServer(box, context, implicit)
    secret = os.path.join(folder, 'secret')
    with open(secret, 'w', encoding='utf-8') as file:
        file.write(SECRET + '\n')
    link = letter_waits(base)
    server = Server(base, '--mail', f'{scheme}://expo@127.0.0.1:{mail.port}', '--mail-from', 'Desk@expo.example', '--mail-name', '链博会',
                    '--mail-password', secret, '--mail-ca', crt)
    arrived = until(lambda: box.mails)
    err = server.end()
    mail.stop()
    if not arrived:
        tap.check(f'{scheme}: a letter arrives over TLS, signed in', [err])
        return
    encrypted, sender, recipients, raw = box.mails[0]
    message, text = text_of(raw)
    tap.check(f'{scheme}: a letter arrives over TLS, signed in',
              [] if encrypted and len(box.mails) == 1 and sender == 'desk@expo.example' and recipients == [LIN] and link in text else [err, text])
    tap.check(f'{scheme}: the sender has a name', [] if message['From'].addresses[0].display_name == '链博会' else [message['From']])


def waits_for(base, *options, words, env=None):
    """Serves until the log tells of a letter that was put off; what is wrong."""
    letter_waits(base)
    server = Server(base, *options, env=env)
    line = server.process.stderr.readline()
    server.end()
    said = run('user', base, 'report', LIN, '--format', 'json')[1]
    return [] if words in line and LIN in said else [line]


def check_refusals(tap, folder, base):
    crt, context = certificate(folder)
    box = Box()
    mail = MailServer(box, context)
    to = f'smtp://expo@127.0.0.1:{mail.port}'
    tap.check('a server whose certificate nobody signed gets no mail',
              waits_for(base, '--mail', to, '--mail-from', 'a@expo.example', words='1 put off', env={'FAIRLEAD_MAIL_PASSWORD': SECRET}))
    tap.check('a wrong password is a matter of trying later',
              waits_for(base, '--mail', to, '--mail-from', 'a@expo.example', '--mail-ca', crt, words='put off',
                        env={'FAIRLEAD_MAIL_PASSWORD': 'wrong'}))
    mail.stop()
    box = Box('550 no such mailbox')
    mail = MailServer(box)
    tap.check('a mailbox that does not exist is given up',
              waits_for(base, '--mail', f'smtp://127.0.0.1:{mail.port}', '--mail-from', 'a@expo.example', words='given up'))
    mail.stop()
    wrong = [(('--mail', 'smtps://mail.example'), '--mail-from'), (('--mail', 'smtps://u@mail.example', '--mail-from', 'a@b.example'), 'password'),
             (('--mail', 'smtps://u:geheim@mail.example', '--mail-from', 'a@b.example'), 'password'),
             (('--mail', 'ftp://mail.example', '--mail-from', 'a@b.example'), 'smtp'),
             (('--mail-from', 'nobody'), 'not a mail address'),
             (('--mail', 'smtps://u@mail.example', '--mail-from', 'a@b.example', '--mail-password', '/no/such/file'), '/no/such/file')]
    tap.check('what cannot be is refused before serving, and no password is repeated',
              [f'{w}: {r}' for w, says in wrong for r in [run('serve', base, '--listen', '127.0.0.1:0', *w)]
               if r[0] != 1 or says not in r[2] or 'geheim' in r[2]])


def main():
    tap = Tap()
    logging.disable(logging.CRITICAL)   # the mail server's own words on refusals that are wanted here
    warnings.simplefilter('ignore')
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, 'expo.fairlead')
        run('new', base)
        run('user', base, 'add', LIN, '--name', '林芳', '--language', 'zh')
        check_folder(tap, base)
        check_server(tap, folder, base, implicit=True)
        check_server(tap, folder, base, implicit=False)
        check_refusals(tap, folder, base)
    tap.end()


main()
