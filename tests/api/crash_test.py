#!/usr/bin/env python3
"""What the desk acknowledged over HTTP survives SIGKILL of the server at random moments.

Several clients write through POST /api/v1/changes until the server is killed; then `fairlead check` looks at the
database, it is compared with what the clients were told (tests/crash.py), and the server starts again on it, with the
token that was made before. FAIRLEAD_KILLS: how often, instead of 20 times.
"""
import os
import signal
import time

from crash import seeded
from desk_writers import Desk, Ledger, check, read_keys
from tap import Tap

KILLS = int(os.environ.get('FAIRLEAD_KILLS') or 20)
SEED = 20251127
CLIENTS, LONGEST_S, KILLS_A_DATABASE = 6, 0.1, 50


def kill_again_and_again(rng, kills):
    """(findings, writes acknowledged, requests without a reply) of so many kills on a new database."""
    findings, ledger, known, unanswered = [], Ledger(), {}, 0
    with Desk() as site:
        site.enter()
        for kill in range(kills):
            writers = site.write(ledger, CLIENTS, known)
            writers.wait_for_first()
            time.sleep(rng.random() * LONGEST_S)
            if site.server.poll() is not None:
                findings.append(f'kill {kill}: the server ended by itself: {site.log}')
            site.server.send_signal(signal.SIGKILL)
            site.server.wait()
            site.server.stdout.close()
            writers.join()
            unanswered += writers.unanswered
            found = check(site.database)
            state, known = read_keys(site.database)
            found += ledger.compare(state) + [f'{key} is done by half' for key, value in state.items() if value == 'half']
            found += [f'refused: {status} {body[:200]}' for status, body, _ in writers.refused]
            findings += [f'kill {kill}: {finding}' for finding in found]
            site.start()
    return findings, ledger.count, unanswered


def main():
    tap = Tap()
    rng, begin = seeded(SEED), time.monotonic()
    findings, written, unanswered, kills = [], 0, 0, 0
    while kills < KILLS:
        now = min(KILLS_A_DATABASE, KILLS - kills)
        more = kill_again_and_again(rng, now)
        findings, written, unanswered, kills = findings + more[0], written + more[1], unanswered + more[2], kills + now
        if KILLS > KILLS_A_DATABASE:
            print(f'# {kills} kills, {written} writes acknowledged, {len(findings)} findings', flush=True)
    print(f'# {kills} kills in {time.monotonic() - begin:.0f} s, {written} writes acknowledged, {unanswered} cut off')
    tap.check('what the desk acknowledged is there after each kill, and no request by half', findings)
    tap.check('the kills fell into requests', [] if written >= KILLS * CLIENTS and unanswered >= KILLS else [f'{unanswered} of {written}'])
    tap.end()


main()
