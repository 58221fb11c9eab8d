#!/usr/bin/env python3
"""Every route for everybody: what the served OpenAPI document lists is asked by one account of each role, by tokens, by
nobody and by those who were let in once. The replies are compared with the table of rights (src/service/rights.def) and
searched for what whoever asked must not see. New routes are found in the document; no list here names them.
"""
import re
import sqlite3
import urllib.parse

from desk import PASSWORD, Person, add_account, add_participants, arrive, ask, join
from served import Served
from tap import Tap, read

ROLES = ['administrator', 'organiser', 'area-manager', 'pavilion-manager', 'reader']
FIRMS = ['exhibitor-manager', 'exhibitor-member']   # of one participant, by invitation
COLUMNS = [*ROLES, *FIRMS]
GRANTS = {
    'administrator': ['--role', 'administrator'],
    'organiser': ['--role', 'organiser'],
    'area-manager': ['--role', 'area-manager', '--chain', 'clean-energy'],
    'pavilion-manager': ['--role', 'pavilion-manager', '--pavilion', '5'],
    'reader': ['--role', 'reader'],
    'disabled': ['--role', 'administrator'],
    'ended': ['--role', 'administrator'],
    'newcomer': ['--role', 'administrator'],
    'owner-inside': [],
    'owner-outside': [],
}
SHUT_OUT = ['nobody', 'disabled', 'disabled token', 'ended', 'revoked token', 'forged token', 'forged cookie']
# Bodies that a participant's routes read before they look at whose they are.
BODIES = {
    'invitePerson': b'{"role": "exhibitor-member"}',
    'requestMatch': b'{"organisation_id": 987654321}',
    'answerMatch': b'{"answer": "accepted"}',
    'addWishes': b'{"text": "Acme"}',
    'decideWish': b'{"state": "refused"}',
    'setPartnerSettings': b'{"suggestions_max": 10, "floor": 5, "answer_days": 14, "weights": {}}',
    'previewPartnerSettings': b'{"suggestions_max": 10, "floor": 5, "answer_days": 14, "weights": {}}',
    'setProfile': b'{"revision": 0, "offers": [], "needs": [], "volumes": [], "seeks": [], "conditions": [], "languages": [], '
                  b'"certificates": [], "days": []}',
}
ABSENT = 987654321      # the number of no record: a write to it is refused or finds nothing
OTHER_SITE = 'https://evil.example'


def mail_of(name):
    return f'mail-mark-{name}@expo.example'


def name_of(name):
    return f'Name Mark {name}.'


def table_of_rights():
    """right code -> ({role: NO, OWN or ALL}, the token column)."""
    row = re.compile(r'^RIGHT\(\w+, "([a-z-]+)", (\w+), (\w+), (\w+), (\w+), (\w+), (\w+), (\w+), (\w+),', re.MULTILINE)
    found = {code: (dict(zip(COLUMNS, cells)), token) for code, token, *cells in row.findall(read('src/service/rights.def'))}
    assert len(found) > 10
    return found


class Walk:
    """The people, the document, and all that anybody was told."""

    def __init__(self, site, given, participants):
        self.site = site
        self.rights = table_of_rights()
        self.told = {}      # name -> [(request, text of the reply)]
        self.refusals = []  # what is wrong with statuses
        self.people = {name: arrive(site.address, name, mail_of(name), given[name]) for name in given if name != 'newcomer'}
        self.people['newcomer'] = Person(site.address, 'newcomer').sign_in(mail_of('newcomer'), given['newcomer'])
        self.admin = self.people['administrator']
        self.participants = participants    # that of the firms' people, and another
        for name in FIRMS:
            self.people[name] = join(site, self.admin, participants[0], name, mail_of(name), name_of(name))
        self.role = {name: name for name in COLUMNS}
        self.scope = {}
        for scope in ('read', 'write'):
            self.add_token(f'{scope} token', self.admin, scope)
        self.document = self.admin.wanted('GET', '/api/openapi.json')
        self.plant()
        self.shut_out()
        self.operations = [(method.upper(), path, operation) for path, item in self.document['paths'].items()
                           for method, operation in item.items() if method in ('get', 'post', 'put', 'patch', 'delete')]
        self.desk = [(m, p, o) for m, p, o in self.operations if m != 'GET' or o['security']]

    def add_token(self, name, owner, scope):
        person = owner.make_token(scope)
        person.name = name
        self.people[name] = person
        self.role[name] = owner.name
        self.scope[name] = scope

    def shut_out(self):
        """Those whom a cookie or token let in once."""
        address, people = self.site.address, self.people
        people['disabled token'] = people['disabled'].make_token('write')
        revoked = people['revoked token'] = self.admin.make_token('write')
        newest = max(t['id'] for t in self.admin.wanted('GET', '/api/v1/tokens')['items'])
        assert revoked.get('/api/v1/records').status == 200
        self.admin.wanted('DELETE', f'/api/v1/tokens/{newest}')
        self.admin.wanted('PATCH', f'/api/v1/accounts/{people["disabled"].account["id"]}', {'state': 'disabled'})
        people['ended'].wanted('DELETE', '/api/v1/session')
        people['forged token'] = Person(address, 'forged token', token='flt_' + 'A' * 43)
        people['forged cookie'] = Person(address, 'forged cookie')
        people['forged cookie'].cookie, people['forged cookie'].csrf = 'fairlead_session=' + 'A' * 43, 'A' * 43
        people['nobody'] = Person(address)
        for name in SHUT_OUT:
            people[name].name = name

    # ---- what could leak ----

    def records(self, table, where=''):
        return self.admin.wanted('GET', f'/api/v1/records/{table}?limit=500{where}')['items']

    def make(self, table, **values):
        reply = self.admin.change({'op': 'create', 'table': table, 'values': values}, note='planted by the administrator')
        assert reply.status == 200, reply.body
        return reply.json()['results'][0]['id']

    def plant(self):
        chains = {chain['values']['code']: chain['id'] for chain in self.records('chain')}
        self.inside, self.outside = chains['clean-energy'], chains['smart-vehicle']
        self.planted = {'chain': [self.inside, self.outside], 'gap_case': [], 'gap_candidate': []}
        organisation = self.records('organisation')[0]['id']
        for where, chain in (('inside', self.inside), ('outside', self.outside)):
            node = self.records('chain_node', f'&where=chain_id:{chain}')[0]['values']['node_id']
            case = self.make('gap_case', edition_id=1, chain_id=chain, node_id=node, kind='no-exhibitor', state='invited',
                             owner_id=self.people[f'owner-{where}'].account['id'], note=f'case-mark-{where}')
            self.planted['gap_case'].append(case)
            self.planted['gap_candidate'].append(
                self.make('gap_candidate', gap_case_id=case, organisation_id=organisation, state='invited', note=f'candidate-mark-{where}'))
        self.planted['exhibitor'] = [self.records('exhibitor', f'&where=area_id:{area["id"]}')[0]['id']
                                     for area in self.records('area', '&where=edition_id:1')
                                     if area['values']['code'] in ('clean-energy', 'smart-vehicle')]
        self.planted['pavilion'] = [5, 1]
        self.planted['participant'] = []
        for where, exhibitor in zip(('inside', 'outside'), self.planted['exhibitor']):
            stand = next(record for record in self.records('exhibitor') if record['id'] == exhibitor)
            self.planted['participant'].append(self.make(
                'participant', edition_id=1, organisation_id=stand['values']['organisation_id'], kind='exhibitor', exhibitor_id=exhibitor,
                state='active'))
        for exhibitor in self.planted['exhibitor']:
            self.set('exhibitor', exhibitor, note='exhibitor-note-mark')
        entry = next(entry for entry in self.records('programme_entry') 
                     if len(entry['values']['hosts'].split(';')) == len(entry['values']['hosts_zh'].split(';')))
        self.set('programme_entry', entry['id'], note='entry-note-mark')
        if '/api/v1/drafts/{key}' in self.document['paths']:
            for name in ROLES:
                self.people[name].ask('PUT', '/api/v1/drafts/planted', {'text': f'draft-mark-{name}'})

    def set(self, table, record, **values):
        reply = self.admin.change({'op': 'update', 'table': table, 'id': record, 'values': values})
        assert reply.status == 200, reply.body

    def marks(self):
        """Mark -> the people who may be told it."""
        everything = {'administrator', 'organiser', 'read token', 'write token'}
        work = everything | {'reader'}
        marks = {'case-mark-inside': work | {'area-manager'}, 'candidate-mark-inside': work | {'area-manager'},
                 'case-mark-outside': work, 'candidate-mark-outside': work,
                 'exhibitor-note-mark': set(ROLES) | everything, 'entry-note-mark': set(ROLES) | everything}
        for name in GRANTS:
            marks[mail_of(name)] = everything | {name}
            marks[name_of(name)] = everything | {name}
            marks[f'agent-mark-{name}'] = {name}
        for name in FIRMS:
            marks[mail_of(name)] = marks[name_of(name)] = everything | set(FIRMS)
            marks[f'agent-mark-{name}'] = {name}
        # A manager is told who works in its own place: who owns a gap, who wrote there.
        for name in ('owner-inside', 'administrator'):
            marks[name_of(name)] |= {'area-manager', 'pavilion-manager'}
        for name in ROLES:
            marks[f'draft-mark-{name}'] = {name}
        return marks

    def secrets(self):
        """What nobody is ever told, or only its owner: [(text, the one who may)]."""
        found = [('$argon2', None), ('argon2id', None)]
        with sqlite3.connect(f'file:{self.site.database}?mode=ro', uri=True) as database:
            for table in ('session', 'one_time', 'api_token', 'invitation'):
                found += [(digest, None) for digest, in database.execute(f'SELECT digest FROM {table}') if digest]
            found += [(password, None) for password, in database.execute('SELECT password FROM account') if password]
        found += [(PASSWORD.format(name), None) for name in [*GRANTS, *FIRMS]]
        for name, person in self.people.items():
            if person.csrf and not name.startswith('forged'):
                found += [(person.csrf, name), (person.cookie.split('=')[1], None)]
            if person.token and not name.startswith('forged'):
                found.append((person.token, None))
        return found

    def keys(self):
        """What opens something by itself, which is nowhere in the database."""
        people = [person for name, person in self.people.items() if not name.startswith('forged')]
        return ([PASSWORD.format(name) for name in [*GRANTS, *FIRMS]] + [person.cookie.split('=')[1] for person in people if person.cookie]
                + [person.token for person in people if person.token])

    def right_of(self, request):
        method, where = request.split(' ', 1)
        item = self.document['paths'].get(where.split('?')[0], {})
        return item.get(method.lower(), {}).get('x-right', 'public')

    # ---- asking ----

    def ask(self, name, method, where, body=None, **more):
        reply = self.people[name].ask(method, where, body, User_Agent=f'agent-mark-{name}', **more)
        self.told.setdefault(name, []).append((f'{method} {where}', reply.text))
        return reply

    def numbers(self, path, operation):
        """The addresses of a path with numbers and codes that are there, and from inside and outside of places."""
        if '{' not in path:
            return [path]
        if '{table}' in path:
            tables = [table['name'] for table in self.admin.wanted('GET', '/api/v1/records')['tables']]
            found = []
            for table in tables:
                here = path.replace('{table}', table)
                ids = self.planted.get(table, []) + [record['id'] for record in self.records(table)[:2]]
                found += [here.replace('{id}', str(one)) for one in dict.fromkeys(ids)] if '{id}' in here else [here]
            return found
        if '{batch}' in path:
            items = self.admin.wanted('GET', '/api/v1/batches?limit=200')['items']
            return [path.replace('{batch}', str(item['id'])) for item in items]
        filled = path
        for parameter in operation.get('parameters', []):
            if parameter['in'] == 'path':
                filled = filled.replace(f'{{{parameter["name"]}}}', str(parameter.get('example', 'planted')))
        if '{participant}' in path:
            filled = path.replace('{id}', '1')
            return [filled.replace('{participant}', str(one)) for one in self.participants]
        parent = path.split('/{')[0]
        found = [filled]
        if path == f'{parent}/{{id}}' or path.startswith(f'{parent}/{{id}}/'):
            found += [path.replace('{id}', str(number)) for number in range(1, 9)]
        elif path == f'{parent}/{{key}}':
            found.append(f'{parent}/planted')
        return list(dict.fromkeys(found))

    def may(self, name, right):
        """What the table says: 'out' (401), 'no' (403), 'own', 'all'."""
        if right == 'public':
            return 'all'
        if name in SHUT_OUT:
            return 'out'
        if name == 'newcomer':
            return 'all' if right == 'signed-in' else 'no'
        if name not in self.role:
            return None
        cells, token = self.rights[right]
        if name in self.scope and (token == 'NEVER' or (token == 'WRITE' and self.scope[name] == 'read')):
            return 'no'
        return cells[self.role[name]].lower()

    def judge(self, name, request, right, status, may_be_denied=False):
        may = self.may(name, right)
        fine = {'out': status == 401, 'no': status == 403,
                'own': status < 500 and status != 401,
                'all': status < 500 and status != 401 and (status != 403 or may_be_denied)}[may]
        if not fine:
            self.refusals.append(f'{name}: {request}: {status}, the table of rights says "{may}" for {right}')

    def everybody(self):
        return [name for name in self.people if name in self.role or name in SHUT_OUT or name == 'newcomer']


def body_for(operation):
    """(body, Content-Type) that is well formed and says nothing."""
    content = operation.get('requestBody', {}).get('content')
    if not content:
        return None, None
    kind = next(iter(content))
    return (b'{}' if kind == 'application/json' else b'planted'), kind.replace('*', 'x')


def check_reads(tap, walk):
    for method, path, operation in walk.operations:
        if method != 'GET':
            continue
        right = operation.get('x-right', 'public')
        if not operation['security'] and '{' in path:
            walk.ask('nobody', method, walk.numbers(path, operation)[0])
            continue
        for where in walk.numbers(path, operation):
            for name in walk.everybody() if operation['security'] else ['nobody']:
                reply = walk.ask(name, method, where)
                walk.judge(name, f'GET {where}', right, reply.status, may_be_denied='{table}' in path)
    tap.check('reads: everybody gets what the table of rights says, and 401 or 403 where it says no', walk.refusals)
    walk.refusals = []


def check_writes(tap, walk):
    for method, path, operation in walk.desk:
        if method == 'GET':
            continue
        right = operation.get('x-right', 'public')
        where = re.sub(r'\{\w+\}', str(ABSENT), path)
        body, kind = body_for(operation)
        for name in walk.everybody():
            if operation['operationId'] == 'signOut' and walk.people[name].cookie:
                continue    # at the end, of each
            reply = walk.ask(name, method, where, body, Content_Type=kind)
            walk.judge(name, f'{method} {path}', right, reply.status, may_be_denied=operation['operationId'] == 'changeAccount')
    tap.check('writes: everybody is let in or refused as the table of rights says', walk.refusals)
    walk.refusals = []


def check_places(tap, walk):
    """Roles with one chain or one pavilion write in it and nowhere else; may_write says so beforehand."""
    findings = []

    def expect(name, status, *operations):
        reply = walk.people[name].change(*operations, dry_run=True)
        if reply.status != status:
            findings.append(f'{name}: {operations}: {reply.status}, not {status}: {reply.body.decode()[:200]}')

    def update(table, record, **values):
        return {'op': 'update', 'table': table, 'id': record, 'values': values}

    def create(table, **values):
        return {'op': 'create', 'table': table, 'values': values}

    inside, outside = walk.planted['gap_case']
    own, other = (next(r for r in walk.records('exhibitor') if r['id'] == i) for i in walk.planted['exhibitor'])
    if walk.records('area', f'&where=edition_id:1,code:clean-energy')[0]['id'] != own['values']['area_id']:
        own, other = other, own
    mine, theirs = (next(r['id'] for r in walk.records('participant') if r['values']['exhibitor_id'] == one['id']) for one in (own, other))
    node = walk.records('chain_node', f'&where=chain_id:{walk.outside}')[1]['values']['node_id']
    for name, status in (('administrator', 200), ('organiser', 200), ('write token', 200), ('read token', 403), ('reader', 403)):
        expect(name, status, update('gap_case', inside, note='x'))
        expect(name, status, update('exhibitor', own['id'], note='x'))
        expect(name, status, update('edition', 1, venue_en='x'))
        expect(name, status, update('participant', theirs, state='withdrawn'))
    expect('area-manager', 200, update('gap_case', inside, note='x'))
    expect('area-manager', 403, update('gap_case', outside, note='x'))
    expect('area-manager', 403, update('gap_case', inside, note='x'), update('gap_case', outside, note='x'))
    expect('area-manager', 403, create('gap_case', edition_id=1, chain_id=walk.outside, node_id=node, kind='one-source', state='invited'))
    expect('area-manager', 200, update('exhibitor', own['id'], note='x'))
    expect('area-manager', 403, update('exhibitor', other['id'], note='x'))
    expect('area-manager', 200, update('participant', mine, state='withdrawn'))
    expect('area-manager', 403, update('participant', theirs, state='withdrawn'))
    expect('area-manager', 403, update('exhibitor', other['id'], area_id=own['values']['area_id']))
    expect('area-manager', 403, update('exhibitor', own['id'], area_id=other['values']['area_id']))
    expect('area-manager', 403, update('edition', 1, venue_en='x'))
    expect('area-manager', 403, update('pavilion', 5, name_en='x'))
    expect('pavilion-manager', 200, update('pavilion', 5, name_en='x'))
    expect('pavilion-manager', 403, update('pavilion', 1, name_en='x'))
    expect('pavilion-manager', 403, update('gap_case', inside, note='x'))
    expect('pavilion-manager', 403, update('exhibitor', other['id'], pavilion_id=5))
    expect('pavilion-manager', 403, create('pavilion_text', pavilion_id=1, section='introduction', text_en='x'))
    expect('pavilion-manager', 403, update('chain', walk.inside, name_en='x'))
    for table in ('account', 'role_grant', 'api_token', 'session', 'retention', 'batch', 'change', 'outbox'):
        reply = walk.admin.change(update(table, 1, id=1), dry_run=True)
        if reply.status < 400:
            findings.append(f'the table {table} can be edited: {reply.status}')
    tap.check('places: managers write inside their chain or pavilion and not outside', findings)
    findings = []
    for table in walk.admin.wanted('GET', '/api/v1/records')['tables']:
        column = next((f['name'] for f in table['fields'] if f['kind'] in ('text', 'long') and not f.get('fixed')), None)
        for name in ROLES + ['read token', 'write token']:
            reply = walk.people[name].get(f'/api/v1/records/{table["name"]}?limit=500')
            if reply.status != 200:
                continue
            records = reply.json()['items']
            for yes in (True, False):
                record = next((r for r in records if r['may_write'] == yes), None)
                if record is None or column is None:
                    continue
                status = walk.people[name].change(update(table['name'], record['id'], **{column: record['values'][column]}), dry_run=True).status
                if (status == 403) == yes:
                    findings.append(f'{name}: {table["name"]} {record["id"]}: may_write is {yes}, and the write is answered with {status}')
    tap.check('places: may_write says what a write would be answered with', findings)


def check_forgery(tap, walk):
    """A browser's write needs the session's word and a page of this site; what is refused changes nothing."""
    findings = []
    others_word = walk.people['organiser'].csrf
    wrong = [('no csrf', {'X_CSRF_Token': None}), ('csrf of another session', {'X_CSRF_Token': others_word}),
             ('empty csrf', {'X_CSRF_Token': ''}), ('another origin', {'Origin': OTHER_SITE}), ('origin null', {'Origin': 'null'}),
             ('cross-site', {'Sec_Fetch_Site': 'cross-site'}), ('same-site', {'Sec_Fetch_Site': 'same-site'})]
    for method, path, operation in walk.desk:
        if method == 'GET':
            continue
        where = re.sub(r'\{\w+\}', str(ABSENT), path)
        body, kind = body_for(operation)
        for what, headers in wrong:
            if 'x-right' not in operation and ('csrf' in what):
                continue    # nobody has a session yet
            reply = walk.ask('administrator', method, where, body, Content_Type=kind, **headers)
            if reply.status != 403 or b'/problems/forged' not in reply.body:
                findings.append(f'{method} {path} with {what}: {reply.status} {reply.body.decode()[:100]}')
    tap.check('forgery: a write without the csrf word of its session, or from another site, is refused', findings)
    reply = walk.admin.ask('POST', '/api/v1/changes', b'note=x&operations=[]', Content_Type='application/x-www-form-urlencoded')
    plain = walk.admin.ask('POST', '/api/v1/changes', b'{"operations":[]}', Content_Type='text/plain')
    tap.check('forgery: what a form can send is not taken for JSON',
              [str(r.status) for r in (reply, plain) if r.status != 415])


def check_headers(tap, walk):
    open_, kept, typed = [], [], []
    for method, path, operation in walk.desk:
        where = re.sub(r'\{\w+\}', str(ABSENT), path) if method != 'GET' else walk.numbers(path, operation)[0]
        body, kind = body_for(operation)
        if operation['operationId'] == 'signOut':
            continue
        for name in ('administrator', 'reader', 'nobody', 'read token'):
            reply = walk.ask(name, method, where, body, Content_Type=kind, Origin=OTHER_SITE)
            allowed = [h for h in reply.headers if h.lower().startswith('access-control-')]
            if allowed:
                open_.append(f'{method} {path} for {name}: {", ".join(allowed)}')
            if 'no-store' not in (reply.headers['Cache-Control'] or '') or reply.headers['ETag']:
                kept.append(f'{method} {path} for {name}: {reply.headers["Cache-Control"]}')
            if reply.headers['X-Content-Type-Options'] != 'nosniff' or "script-src 'self'" not in (reply.headers['Content-Security-Policy'] or ''):
                typed.append(f'{method} {path} for {name}')
        preflight = ask(walk.site.address, 'OPTIONS', where, None, {
            'Origin': OTHER_SITE, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': 'x-csrf-token'})
        told = [h for h in preflight.headers if h.lower() in ('access-control-allow-methods', 'access-control-allow-headers',
                                                              'access-control-allow-credentials')]
        if preflight.status < 300 or told:
            open_.append(f'OPTIONS {path}: {preflight.status} {told}')
    tap.check('another site reads nothing of the desk and is not let through by a preflight', open_)
    tap.check('nothing of the desk is kept: no-store, no ETag, whoever asks', kept)
    tap.check('every reply of the desk says nosniff and its policy', typed)


def check_presence(tap, walk):
    """Who has a record open is told to those who may see the record, by name to those who may see persons."""
    findings = []
    path = '/api/v1/presence'
    if path not in walk.document['paths']:
        return
    inside, outside = walk.planted['gap_case']
    places = [('gap_case', inside), ('gap_case', outside), ('pavilion', 1), ('pavilion', 5)]
    hidden = {('area-manager', 'gap_case', outside), ('pavilion-manager', 'gap_case', inside), ('pavilion-manager', 'gap_case', outside)}
    for name in ['organiser', 'administrator', 'area-manager', 'pavilion-manager', 'reader']:
        for table, record in places:
            reply = walk.ask(name, 'POST', path, {'table': table, 'id': record, 'typing': True})
            if (reply.status == 403) != ((name, table, record) in hidden):
                findings.append(f'{name} looks at {table} {record}: {reply.status}')
            told = name_of('organiser') in reply.text
            may = name == 'administrator' or (name, table, record) in {('area-manager', 'gap_case', inside), ('pavilion-manager', 'pavilion', 5)}
            if name != 'organiser' and told != may:
                findings.append(f'{name} is {"" if told else "not "}told who has {table} {record} open')
    for table in ('session', 'account', 'outbox'):
        if walk.ask('reader', 'POST', path, {'table': table, 'id': 1}).status < 400:
            findings.append(f'{table} can be open')
    walk.told = {name: [(request, text) for request, text in replies if path not in request] for name, replies in walk.told.items()}
    tap.check('presence: told to who may see the record, with names to who may see persons there', findings)


def check_firms(tap, walk):
    """An exhibitor's people act for their participant and for no other; a member invites nobody."""
    findings = []
    own, other = walk.participants
    for method, path, operation in walk.desk:
        if '{participant}' not in path:
            continue
        right, (body, kind) = operation['x-right'], body_for(operation)
        body = BODIES.get(operation['operationId'], body)
        for name in FIRMS:
            for participant in (own, other):
                where = path.replace('{participant}', str(participant)).replace('{id}', str(ABSENT))
                status = walk.ask(name, method, where, body, Content_Type=kind).status
                allowed = participant == own and walk.rights[right][0][name] == 'OWN'
                if (status == 403) == allowed or status in (401, 500):
                    findings.append(f'{name}: {method} {where}: {status}')
    firm = walk.people['exhibitor-member']
    for where in ('/api/v1/records', '/api/v1/records/exhibitor/1', '/api/v1/gap-board', '/api/v1/accounts'):
        if walk.ask('exhibitor-member', 'GET', where).status != 403:
            findings.append(f'an exhibitor reads {where}')
    mine = [item['id'] for item in firm.wanted('GET', '/api/v1/my/participants')['items']]
    if mine != [own]:
        findings.append(f'an exhibitor acts for {mine}, not {own}')
    tap.check('exhibitors: each acts for its own participant alone', findings)


def check_undo(tap, walk):
    """An undo does only what whoever asks could do without it."""
    findings = []
    batches = walk.admin.wanted('GET', '/api/v1/batches?limit=200')['items']
    accounts = [b['id'] for b in batches if b['kind'] == 'account']
    for name in ('organiser', 'area-manager', 'pavilion-manager', 'reader', 'write token', 'read token'):
        for batch in accounts:
            reply = walk.ask(name, 'POST', f'/api/v1/batches/{batch}/undo')
            if reply.status != 403:
                findings.append(f'{name} takes back batch {batch} of accounts: {reply.status} {reply.body.decode()[:120]}')
    manager = walk.people['pavilion-manager']
    made = manager.change({'op': 'update', 'table': 'pavilion', 'id': 5, 'values': {'name_en': 'Renamed'}}).json()['batch']
    theirs = walk.admin.change({'op': 'update', 'table': 'pavilion', 'id': 1, 'values': {'name_en': 'Theirs'}}).json()['batch']
    for name, batch, status in (('area-manager', made, 403), ('reader', made, 403), ('pavilion-manager', theirs, 403),
                                ('pavilion-manager', made, 200), ('organiser', theirs, 200)):
        reply = walk.ask(name, 'POST', f'/api/v1/batches/{batch}/undo')
        if reply.status != status:
            findings.append(f'{name} takes back batch {batch}: {reply.status}, not {status}')
    second = manager.change({'op': 'update', 'table': 'pavilion', 'id': 5, 'values': {'name_en': 'Again'}}).json()['batch']
    account = manager.account['id']
    walk.admin.wanted('PATCH', f'/api/v1/accounts/{account}', {'grants': [{'role': 'pavilion-manager', 'pavilion_id': 2}]})
    reply = walk.ask('pavilion-manager', 'POST', f'/api/v1/batches/{second}/undo')
    if reply.status != 403:
        findings.append(f'a manager moved elsewhere takes back what it did before: {reply.status}')
    walk.admin.wanted('PATCH', f'/api/v1/accounts/{account}', {'grants': [{'role': 'pavilion-manager', 'pavilion_id': 5}]})
    tap.check('undo: nobody does by it what the own roles do not allow', findings)


def check_leaks(tap, walk):
    findings = []
    marks, secrets = walk.marks(), walk.secrets()
    asked = 0
    for name, replies in walk.told.items():
        for request, text in replies:
            asked += 1
            if walk.may(name, walk.right_of(request)) == 'all' and walk.right_of(request) == 'backup':
                findings += [f'{name}: {request} holds {secret[:12]}..., which opens something' for secret in walk.keys() if secret in text]
                continue    # the whole database, for whom that is
            findings += [f'{name}: {request} tells {mark}' for mark, may in marks.items() if mark in text and name not in may]
            findings += [f'{name}: {request} tells {secret[:12]}..., a secret'
                         for secret, owner in secrets if secret in text and (owner is None or owner != name)]
    print(f'# {asked} replies read for {len(marks)} marks and {len(secrets)} secrets')
    tap.check('no reply tells anybody what the own roles do not show', findings)
    seen = {mark for replies in walk.told.values() for _, text in replies for mark in marks if mark in text}
    unseen = [mark for mark in marks if mark not in seen and '-mark-' in mark and 'agent' not in mark and 'draft' not in mark]
    tap.check('every planted mark was told to somebody who may see it', unseen)


def check_searches(tap, walk):
    """What a search finds is told by its number of hits alone: so it looks only at what may be seen."""
    findings = []
    for method, path, operation in walk.desk:
        if method != 'GET' or 'q' not in [p['name'] for p in operation.get('parameters', [])]:
            continue
        for mark, may in walk.marks().items():
            for base in walk.numbers(path, operation):
                for name in ('area-manager', 'pavilion-manager', 'reader'):
                    if name in may:
                        continue
                    reply = walk.people[name].get(f'{base}?q={urllib.parse.quote(mark)}')
                    if reply.status == 200 and reply.json().get('items'):
                        findings.append(f'{name} finds {mark} by {base}?q=')
    tap.check('searches find nothing by words that whoever searches may not see', findings)


def check_end(tap, walk):
    findings = []
    for name in COLUMNS + ['newcomer']:
        reply = walk.ask(name, 'DELETE', '/api/v1/session')
        after = walk.ask(name, 'GET', '/api/v1/session')
        if reply.status != 204 or after.status != 401:
            findings.append(f'{name}: {reply.status}, then {after.status}')
    tap.check('signing out ends the session at once, for every role', findings)


def main():
    tap = Tap()
    given = {}

    def prepare(site):
        for name, options in GRANTS.items():
            given[name] = add_account(site.database, mail_of(name), *options, '--name', name_of(name))
        given['participants'] = add_participants(site.database, 2)

    with Served(origin='http://127.0.0.1', arguments=['--client-limit', '0'], prepare=prepare) as site:
        walk = Walk(site, given, given.pop('participants'))
        print(f'# {len(walk.operations)} operations, {len(walk.desk)} of the desk, {len(walk.everybody())} who ask')
        check_reads(tap, walk)
        check_writes(tap, walk)
        check_places(tap, walk)
        check_forgery(tap, walk)
        check_headers(tap, walk)
        check_searches(tap, walk)
        check_presence(tap, walk)
        check_firms(tap, walk)
        check_undo(tap, walk)
        check_end(tap, walk)
        check_leaks(tap, walk)
        log = [mark for mark in [*walk.marks()] + [s for s, _ in walk.secrets()] if mark in site.log]
        tap.check('the log names no address, person, note or secret', log)
    tap.end()


main()
