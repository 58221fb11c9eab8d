"""A served sample for the tests of the server from outside: the real program on a free port."""
import os
import re
import signal
import subprocess

from cli.program import PROGRAM, run

STOP_S = 10


class Served:
    """The program serving a database; `log` has what it said so far."""

    def __init__(self, folder, *arguments):
        self.database = os.path.join(folder, 'expo.fairlead')
        if not os.path.exists(self.database):
            code, out, err = run('new', self.database, '--sample')
            assert code == 0, out + err
        self.log_path = os.path.join(folder, 'serve.log')
        with open(self.log_path, 'w', encoding='utf-8') as log:
            self.process = subprocess.Popen([PROGRAM, 'serve', self.database, '--listen', '127.0.0.1:0', *arguments],
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r'http://127\.0\.0\.1:(\d+)', line)
        assert found, line + self.log
        self.port = int(found.group(1))

    @property
    def log(self):
        with open(self.log_path, encoding='utf-8') as log:
            return log.read()

    def stop(self, which=signal.SIGTERM):
        """Ends the program and gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(which)
        self.process.communicate(timeout=STOP_S)
        return self.process.returncode


class Reply:
    """What curl says of a request: status, HTTP version, headers as (name, value), body."""

    def __init__(self, output):
        head, _, self.body = output.partition(b'\r\n\r\n')
        lines = head.decode('latin-1').split('\r\n')
        self.version, self.status = lines[0].split()[0], int(lines[0].split()[1])
        self.headers = [(n.lower(), v.strip()) for n, _, v in (line.partition(':') for line in lines[1:])]

    def all(self, name):
        return [v for n, v in self.headers if n == name]

    def one(self, name):
        return ', '.join(self.all(name))


def curl(url, *arguments):
    result = subprocess.run(['curl', '--silent', '--show-error', '--include', '--max-time', '20', *arguments, url],
                            capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()
    return Reply(result.stdout)
