"""Serves a database with the real program, for the API tests in Python."""
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request

from tap import path

PROGRAM = os.environ.get('FAIRLEAD') or path('build', 'fairlead')


def run(*arguments):
    """Runs a command of the program; its output."""
    result = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, encoding='utf-8', timeout=300,
                            check=False, env={**os.environ, 'FAIRLEAD_ACTOR': 'test'})
    if result.returncode != 0:
        raise RuntimeError(f'fairlead {arguments[0]}: {result.stderr}{result.stdout}')
    return result.stdout


@contextlib.contextmanager
def served(change=None, options=()):
    """The address of a served sample; `change` may first do something to the database."""
    folder = tempfile.mkdtemp(prefix='fairlead-api-')
    database = os.path.join(folder, 'sample.fairlead')
    server = None
    try:
        run('new', database, '--sample')
        if change is not None:
            change(database, folder)
        server = subprocess.Popen([PROGRAM, 'serve', database, '--listen', '127.0.0.1:0', *options],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        line = server.stdout.readline()
        found = re.search(r'http://\S+:\d+', line)
        if found is None:
            raise RuntimeError(f'serve said: {line}')
        yield found.group()
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.communicate()
        shutil.rmtree(folder, ignore_errors=True)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def get(address):
    """(status, headers, bytes) of an address; redirects are not followed."""
    try:
        with urllib.request.build_opener(NoRedirect).open(address, timeout=60) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def get_json(address):
    status, _, body = get(address)
    if status != 200:
        raise RuntimeError(f'{address}: {status}: {body[:300]!r}')
    return json.loads(body)
