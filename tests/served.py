"""The program serving a database on a free port, for tests that read what it serves as a client does."""
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

from tap import path

PROGRAM = os.environ.get('FAIRLEAD') or path('build', 'fairlead')


class Served:
    """`with Served() as site: site.get('/en/2024/')`; the database holds the sample, or a generated edition of 2024
    with so many exhibitors. `arguments` are further ones of the command serve; `prepare` is called with the open object
    before it serves and may change the database."""

    def __init__(self, exhibitors=None, origin='https://expo.example', arguments=(), prepare=None):
        self.prepare = prepare
        self.exhibitors = exhibitors
        self.origin = origin
        self.arguments = arguments
        self.limit = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='fairlead-served-')
        self.database = os.path.join(self.folder, 'expo.fairlead')
        if self.exhibitors is None:
            self.run('new', self.database, '--sample')
        else:
            sheets = os.path.join(self.folder, 'sheets')
            self.run('sample', sheets, '--exhibitors', str(self.exhibitors), '--partners', '0', '--year', '2024')
            self.run('new', self.database)
            self.run('import', self.database, sheets)
            self.run('edition', self.database, '2024', '--complete', '--current')
        if self.prepare is not None:
            self.prepare(self)
        return self.start()

    def start(self):
        """Serves the database, also again after it ended; `limit` of the object, if set, runs in the program before."""
        with open(os.path.join(self.folder, 'log'), 'a', encoding='utf-8') as log:
            self.server = subprocess.Popen([PROGRAM, 'serve', self.database, '--listen', '127.0.0.1:0', '--origin', self.origin,
                                            *self.arguments], stdout=subprocess.PIPE, stderr=log, text=True,
                                           preexec_fn=self.limit)
        said = ''
        while not (found := re.search(r'http://[\d.]+:\d+', said)):
            line = self.server.stdout.readline()
            if not line:
                raise RuntimeError(f'serve ended: {said}{self.log}')
            said += line
        self.address = found.group(0)
        return self

    def __exit__(self, *_):
        if self.server.poll() is None:
            self.stop()
        self.server.stdout.close()
        shutil.rmtree(self.folder)

    def stop(self):
        """Asks the program to end and gives its exit status."""
        self.server.terminate()
        return self.server.wait(timeout=60)

    @property
    def log(self):
        """What the program has written on standard error so far."""
        with open(os.path.join(self.folder, 'log'), encoding='utf-8') as log:
            return log.read()

    @staticmethod
    def run(*arguments):
        """Standard output of a command of the program."""
        return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, encoding='utf-8').stdout

    def get(self, where):
        """(headers, body) of an address below the server's; HTTPError when it is refused."""
        with urllib.request.urlopen(self.address + where, timeout=60) as reply:
            return reply.headers, reply.read()

    def status(self, where):
        """(status, where it leads, body) without following it."""
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(self.address + where, timeout=60) as reply:
                return reply.status, None, reply.read().decode('utf-8')
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers['Location'], error.read().decode('utf-8')


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None
