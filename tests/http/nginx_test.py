#!/usr/bin/env python3
"""docs/nginx.conf in a real nginx, with a certificate of its own, in front of the real program."""
import gzip
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time

from served import Served
from tap import Tap, read

NAME = 'expo.example'
START_S = 10
SINGLE = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy',
          'cross-origin-resource-policy', 'strict-transport-security', 'cache-control', 'etag', 'vary', 'date']

MAIN = """
{user}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def write_site(folder, ports, upstream):
    """The documented file with the ports and the certificate of this test; each change must find its place."""
    text = read('docs/nginx.conf')
    for old, new in [('server 127.0.0.1:8080;', f'server 127.0.0.1:{upstream};'),
                     ('listen 80;', f'listen 127.0.0.1:{ports[0]};'), ('listen [::]:80;', ''),
                     ('listen 443 ssl http2;', f'listen 127.0.0.1:{ports[1]} ssl http2;'), ('listen [::]:443 ssl http2;', ''),
                     ('/etc/ssl/expo.example/fullchain.pem', f'{folder}/cert.pem'),
                     ('/etc/ssl/expo.example/privkey.pem', f'{folder}/key.pem')]:
        assert old in text, f'docs/nginx.conf has no "{old}" any more'
        text = text.replace(old, new)
    with open(os.path.join(folder, 'site.conf'), 'w', encoding='utf-8') as out:
        out.write(text)
    with open(os.path.join(folder, 'nginx.conf'), 'w', encoding='utf-8') as out:
        out.write(MAIN.format(folder=folder, user='user root;' if os.getuid() == 0 else ''))


class Reply:
    """What curl says of a request: HTTP version, status, headers as (name, value), body."""

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


def make_certificate(folder):
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
                    '-keyout', f'{folder}/key.pem', '-out', f'{folder}/cert.pem', '-subj', f'/CN={NAME}',
                    '-addext', f'subjectAltName=DNS:{NAME}'], check=True, capture_output=True)


def start_nginx(folder, port):
    nginx = subprocess.Popen(['nginx', '-p', folder, '-c', f'{folder}/nginx.conf'], stderr=subprocess.PIPE)
    until = time.monotonic() + START_S
    while time.monotonic() < until and nginx.poll() is None:
        with socket.socket() as s:
            if s.connect_ex(('127.0.0.1', port)) == 0:
                return nginx
        time.sleep(0.02)
    nginx.kill()
    raise AssertionError('nginx does not answer: ' + nginx.communicate()[1].decode())


class Front:
    """Asks through nginx as a browser does: by name, with the certificate checked."""

    def __init__(self, folder, ports):
        self.folder, self.ports = folder, ports

    def get(self, target, *arguments, secure=True):
        port = self.ports[1 if secure else 0]
        return curl(f'http{"s" if secure else ""}://{NAME}:{port}{target}', '--http2', '--cacert', f'{self.folder}/cert.pem',
                    '--resolve', f'{NAME}:{port}:127.0.0.1', *arguments)


def check_pages(tap, front):
    page = front.get('/en/2024/exhibitors')
    tap.check('a page comes over HTTP/2', [] if page.status == 200 and page.version == 'HTTP/2' and b'<h1>' in page.body
              else [f'{page.version} {page.status}'])
    tap.check('no header is doubled and none is lost',
              [f'{n}: {page.all(n)}' for n in SINGLE if len(page.all(n)) != 1])
    tap.check('nobody is told the version of nginx', [] if page.one('server') == 'nginx' else [page.one('server')])
    packed = front.get('/en/2024/exhibitors', '--header', 'Accept-Encoding: gzip')
    tap.check('the compressed form is the same page',
              [] if packed.one('content-encoding') == 'gzip' and gzip.decompress(packed.body) == page.body
              and len(packed.body) < len(page.body) / 3 else [str(packed.headers)])
    tag = page.one('etag')
    again = front.get('/en/2024/exhibitors', '--header', f'If-None-Match: {tag}')
    tap.check('a browser that has the page gets 304', [] if again.status == 304 and not again.body and again.one('etag') == tag
              else [f'{again.status}, {again.headers}'])
    front_page = front.get('/', '--header', 'Accept-Language: zh-CN,zh;q=0.9')
    tap.check('the front leads to the language of the browser', [] if front_page.one('location') == '/zh/2024/'
              and 'accept-language' in front_page.one('vary').lower() else [str(front_page.headers)])
    head = front.get('/en/2024/', '--head')
    tap.check('HEAD is answered', [] if head.status == 200 and not head.body else [f'{head.status}'])


def check_edges(tap, front):
    plain = front.get('/en/2024/?a=b', secure=False)
    tap.check('plain HTTP leads to HTTPS', [] if plain.status == 301 and plain.one('location') == f'https://{NAME}/en/2024/?a=b'
              else [f'{plain.status}: {plain.one("location")}'])
    missing = front.get('/en/2024/nothing')
    tap.check('an error page is Fairlead\'s own', [] if missing.status == 404 and b'<h1>' in missing.body else [f'{missing.status}'])
    body = front.get('/en/2024/', '--data', 'x' * 4000)
    tap.check('a large body is refused', [] if body.status == 413 else [f'{body.status}'])


# What the HTTP library of the program hides from it (src/http/head.h and src/http/admit.c), and the classics. Behind each
# stands another request, which must not reach the program, as this one must not.
FIRST = b'GET /en/2024/?first HTTP/1.1\r\nHost: expo.example\r\n'
WRITE = b'POST /api/v1/session?first HTTP/1.1\r\nHost: expo.example\r\nContent-Type: application/json\r\n'
BEHIND = b'GET /en/2024/?behind HTTP/1.1\r\nHost: expo.example\r\nConnection: close\r\n\r\n'
HIDDEN = {
    'a NUL in place of a CR': FIRST + b'X: a\0\n\r\n',
    'a NUL at the end of the head': FIRST + b'X: a\0\r\n\n',
    'a line of a NUL for the end of the head': FIRST + b'\0\n',
    'a lone colon for the end of the head': FIRST + b':\n',
    'a NUL in front of the request': b'\0\r\n' + FIRST + b'\r\n',
    # nginx takes this for a trailer, and passes on the body alone.
    'a NUL at the end of trailers': WRITE.replace(b'first', b'whole') + b'Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\0x\r\n',
    'a NUL in a length': WRITE + b'Content-Length: 2\0\r\n\r\n{}',
    'length and coding': WRITE + b'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'two lengths': WRITE + b'Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}',
    'an unknown coding': WRITE + b'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
}


def talk(front, data):
    """Sends bytes as they are, and gives back what comes until the connection ends."""
    context = ssl.create_default_context(cafile=f'{front.folder}/cert.pem')
    answer = b''
    with socket.create_connection(('127.0.0.1', front.ports[1]), timeout=20) as plain, \
            context.wrap_socket(plain, server_hostname=NAME) as s:
        s.sendall(data)
        try:
            while piece := s.recv(65536):
                answer += piece
        except OSError:
            pass
    return answer


def check_hidden(tap, front, served):
    wrong = []
    for name, data in HIDDEN.items():
        answer = talk(front, data + BEHIND)
        if b' 200 ' in answer.split(b'\r\n')[0] or b'200 OK' in answer:
            wrong.append(f'{name}: {answer[:200]!r}')
    front.get('/en/2024/?last')
    log = served.log
    wrong += [f'the program saw {line}' for line in log.splitlines() if '?first' in line or '?behind' in line]
    tap.check('what the program could not see is refused in front of it', wrong if '?last' in log else ['no log'])


def check_bodies(tap, front):
    words = '{"email": "nobody@expo.example", "password": "' + 'x' * 900 + '", "more": "' + 'y' * 2000 + '"}'
    answers = [front.get('/api/v1/session', '--header', 'Content-Type: application/json', *how, '--data', words)
               for how in ((), ('--header', 'Transfer-Encoding: chunked', '--http1.1'))]
    tap.check('a body reaches the API, with its length or in chunks',
              [] if all(a.status in (400, 401, 403, 422) and 'json' in a.one('content-type') for a in answers)
              else [f'{a.status} {a.body[:200]!r}' for a in answers])
    with open(f'{front.folder}/large', 'wb') as out:
        out.write(b'x' * (3 << 20))
    large = front.get('/api/v1/session', '--header', 'Content-Type: application/json', '--data-binary', f'@{front.folder}/large')
    tap.check('the API itself says what is too large for it', [] if large.status == 413 and 'json' in large.one('content-type')
              else [f'{large.status} {large.body[:200]!r}'])
    upload = front.get('/api/v1/uploads?name=x.csv', '--header', 'Content-Type: text/csv', '--data-binary', f'@{front.folder}/large')
    tap.check('a stranger\'s file is refused', [] if upload.status == 401 and 'json' in upload.one('content-type')
              else [f'{upload.status} {upload.body[:200]!r}'])


def check_clients(tap, front, served):
    front.get('/en/2024/?who=first', '--header', 'X-Forwarded-For: 203.0.113.9')
    front.get('/en/2024/?who=second', '--interface', '127.0.0.2', '--header', 'Forwarded: for=203.0.113.9')
    tap.check('the program knows the client by its address, whatever the client says',
              [served.log] if not re.search(r'127\.0\.0\.1 200 /en/2024/\?who=first', served.log)
              or not re.search(r'127\.0\.0\.2 200 /en/2024/\?who=second', served.log) else [])


def check_change(tap, front, served):
    before = front.get('/en/2024/gaps')
    served.run('edition', served.database, '2024', '--complete')
    began = time.monotonic()
    while (front.get('/en/2024/gaps').one('etag') == before.one('etag')) and time.monotonic() - began < 10:
        time.sleep(0.01)
    took = time.monotonic() - began
    tap.check('a change shows within a second', [] if took < 1 else [f'{took:.2f} s'])


def check_end(tap, front, served):
    status = served.stop()
    tap.check('the program ends when it is asked to', [] if status == 0 else [f'exit status {status}', served.log])
    away = front.get('/en/2024/')
    tap.check('while it is away visitors are told so in both languages',
              [] if away.status == 503 and away.one('retry-after') == '5' and 'restarted' in away.body.decode()
              and '重新启动' in away.body.decode() else [f'{away.status}', str(away.headers)])


def main():
    tap = Tap()
    missing = [t for t in ('nginx', 'openssl', 'curl') if shutil.which(t) is None]
    if missing:
        tap.skip('nginx in front', f'{", ".join(missing)} not installed')
        tap.end()
    with tempfile.TemporaryDirectory(prefix='fairlead-nginx-') as folder, \
            Served(arguments=('--behind-proxy', 'loopback', '--log')) as served:
        ports = [free_port(), free_port()]
        make_certificate(folder)
        write_site(folder, ports, served.address.rpartition(':')[2])
        nginx = start_nginx(folder, ports[1])
        front = Front(folder, ports)
        try:
            check_pages(tap, front)
            check_edges(tap, front)
            check_bodies(tap, front)
            check_clients(tap, front, served)
            check_hidden(tap, front, served)
            check_change(tap, front, served)
            check_end(tap, front, served)
        finally:
            nginx.terminate()
            nginx.communicate(timeout=START_S)
    tap.end()


main()
