"""The program serving a database on a free port, for tests that read what it serves as a client does."""
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request

from tap import path

PROGRAM = os.environ.get('FAIRLEAD') or path('build', 'fairlead')


class Served:
    """`with Served() as site: site.get('/en/2024/')`; the database holds the sample."""

    def __init__(self, origin='https://expo.example'):
        self.origin = origin

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='fairlead-served-')
        self.database = os.path.join(self.folder, 'expo.fairlead')
        self.run('new', self.database, '--sample')
        self.server = subprocess.Popen([PROGRAM, 'serve', self.database, '--listen', '127.0.0.1:0', '--origin', self.origin],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = ''
        while not (found := re.search(r'http://[\d.]+:\d+', said)):
            line = self.server.stdout.readline()
            if not line:
                raise RuntimeError(f'serve ended: {said}')
            said += line
        self.address = found.group(0)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(timeout=60)
        self.server.stdout.close()
        shutil.rmtree(self.folder)

    @staticmethod
    def run(*arguments):
        """Standard output of a command of the program."""
        return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True, encoding='utf-8').stdout

    def get(self, where):
        """(headers, body) of an address below the server's."""
        with urllib.request.urlopen(self.address + where, timeout=60) as reply:
            return reply.headers, reply.read()
