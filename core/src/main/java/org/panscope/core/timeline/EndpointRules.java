package org.panscope.core.timeline;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Who claims, holds and uses the endpoints: a row for each kind with a bar for every stream, a
/// counter of busy cores below it, and on each slot a counter of the cores its group holds.
final class EndpointRules {
    private final Build build;
    private final Map<ClaimKey, Claim> claims = new LinkedHashMap<>();
    private final Map<String, Long> busy = new TreeMap<>();

    private record ClaimKey(String kind, int csg, int cs) {}

    /// What one stream has of one kind.
    private static final class Claim {
        final long key;
        long held;
        int jobs;

        Claim(long key) {
            this.key = key;
        }
    }

    private EndpointRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        rules.on("ENDPOINT", new EndpointRules(build)::step);
    }

    private Handler step(Fields fields) {
        FieldReader kind = fields.get("kind");
        FieldReader step = fields.get("step");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader cores = fields.get("cores");
        return event -> {
            ClaimKey key =
                    new ClaimKey(kind.text(event), csg.integer(event, -1), cs.integer(event, -1));
            Claim claim = claims.computeIfAbsent(key, made -> new Claim(1 + claims.size()));
            step(event, key, claim, step.text(event), cores.number(event, 0));
        };
    }

    private void step(EventCursor event, ClaimKey key, Claim claim, String step, long cores) {
        StreamTracker stream = build.streams().of(key.csg(), key.cs());
        switch (step) {
            case "request" -> {
                stream.claim(key.kind());
                show(event, key, claim, " waits", Style.IDENTITY_WAITING);
            }
            case "grant" -> {
                stream.unclaim(key.kind());
                hold(event, key, claim, cores);
                show(event, key, claim, " holds", Style.IDENTITY_IDLE);
            }
            case "start" -> {
                claim.jobs++;
                use(event, key, Long.bitCount(cores));
                show(event, key, claim, "", Style.IDENTITY);
            }
            case "end" -> {
                claim.jobs = Math.max(0, claim.jobs - 1);
                use(event, key, -Long.bitCount(cores));
                if (claim.jobs == 0) {
                    show(event, key, claim, " holds", Style.IDENTITY_IDLE);
                }
            }
            default -> {
                stream.unclaim(key.kind());
                hold(event, key, claim, 0);
                claim.jobs = 0;
                row(key.kind()).noState(claim.key);
            }
        }
    }

    private void show(EventCursor event, ClaimKey key, Claim claim, String state, Style style) {
        String label =
                build.objects().groupNameOn(key.csg())
                        + Style.SEPARATOR
                        + "queue "
                        + key.cs()
                        + state;
        row(key.kind()).state(claim.key, event, build.label(label), style);
    }

    private void use(EventCursor event, ClaimKey key, int change) {
        long now = Math.max(0, busy.merge(key.kind(), (long) change, Long::sum));
        build.child(row(key.kind()).id, "endpoint-use", "busy").step(event, now, Unit.COUNT);
    }

    private void hold(EventCursor event, ClaimKey key, Claim claim, long cores) {
        claim.held = cores;
        long held = 0;
        for (Map.Entry<ClaimKey, Claim> entry : claims.entrySet()) {
            if (entry.getKey().kind().equals(key.kind()) && entry.getKey().csg() == key.csg()) {
                held |= entry.getValue().held;
            }
        }
        RowBuilder slot = build.objects().slot(key.csg());
        build.child(slot.id, "endpoint-use", key.kind() + " held")
                .step(event, Long.bitCount(held), Unit.COUNT);
    }

    private RowBuilder row(String kind) {
        return build.child(build.container(Section.ENDPOINTS).id, "endpoint", kind);
    }
}
