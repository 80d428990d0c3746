package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.schema.Unit;

import java.util.LinkedHashMap;
import java.util.Map;

/// Who claims, holds and uses the endpoints: a row for each kind with a bar for every stream, a
/// counter of busy cores below it, and on each slot a counter of what its group holds.
final class EndpointRules {
    private final Build build;
    private final Map<ClaimKey, Claim> claims = new LinkedHashMap<>();

    private record ClaimKey(String kind, int csg, int cs) {}

    /// What one stream has of one kind.
    private static final class Claim {
        /// Key of its bar on the row of the kind.
        final long bar;

        /// It has asked, and been granted nothing yet.
        boolean isOpen;

        /// Its stream cannot go on without.
        boolean isNeeded;

        long held;
        int jobs;

        Claim(long bar) {
            this.bar = bar;
        }
    }

    private EndpointRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        EndpointRules endpoints = new EndpointRules(build);
        rules.on("ENDPOINT", endpoints::claim);
        rules.on("FW_CS", endpoints::stream);
    }

    private Handler claim(Fields fields) {
        FieldReader kind = fields.get("kind");
        FieldReader step = fields.get("step");
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader cores = fields.get("cores");
        return event -> {
            ClaimKey key =
                    new ClaimKey(kind.text(event), csg.integer(event, -1), cs.integer(event, -1));
            Claim claim = claims.computeIfAbsent(key, made -> new Claim(claims.size()));
            String what = step.text(event);
            change(key, claim, what, cores.number(event, claim.held));
            show(event, key, claim);
            if (what.equals("grant") || what.equals("release")) {
                count(event, slotRow(key), key.csg(), key.kind(), false);
            }
            if (!what.equals("request")) {
                count(event, busyRow(key), -1, key.kind(), true);
            }
        };
    }

    private void change(ClaimKey key, Claim claim, String step, long cores) {
        StreamTracker stream = build.streams().of(key.csg(), key.cs());
        switch (step) {
            case "request" -> {
                claim.isOpen = true;
                stream.claim(key.kind());
            }
            case "grant" -> {
                claim.isOpen = false;
                claim.isNeeded = false;
                claim.held = cores;
                stream.unclaim(key.kind());
            }
            case "start" -> {
                claim.held = cores;
                claim.jobs++;
            }
            case "release" -> {
                claim.isOpen = false;
                claim.held = 0;
                claim.jobs = 0;
                stream.unclaim(key.kind());
            }
            default -> claim.jobs = Math.max(0, claim.jobs - 1);
        }
    }

    private void show(EventCursor event, ClaimKey key, Claim claim) {
        RowBuilder row = row(key.kind());
        if (claim.jobs > 0) {
            String jobs = claim.jobs == 1 ? "" : ", " + claim.jobs + " jobs";
            bar(event, key, claim, jobs, Style.IDENTITY);
        } else if (claim.held != 0) {
            bar(event, key, claim, " holds", Style.IDENTITY_IDLE);
        } else if (claim.isNeeded) {
            bar(event, key, claim, " waits", Style.IDENTITY_WAITING);
        } else if (claim.isOpen) {
            bar(event, key, claim, " asked", Style.IDENTITY_IDLE);
        } else {
            row.noState(claim.bar);
        }
    }

    private void bar(EventCursor event, ClaimKey key, Claim claim, String state, Style style) {
        String who = build.objects().groupNameOn(key.csg());
        String label = who + Style.SEPARATOR + "queue " + key.cs() + state;
        row(key.kind()).state(claim.bar, event, build.label(label), style);
    }

    /// A stream that blocks for endpoints needs what it has asked for.
    private Handler stream(Fields fields) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader step = fields.get("step");
        FieldReader reason = fields.get("blocked_reason");
        return event -> {
            boolean blocks = reason.integer(event, 0) == Streams.RESOURCE;
            String what = step.text(event);
            if (!claims.isEmpty() && (blocks || what.equals("unblock") || what.equals("stop"))) {
                need(event, csg.integer(event, -1), cs.integer(event, -1), blocks);
            }
        };
    }

    private void need(EventCursor event, int csg, int cs, boolean isNeeded) {
        for (Map.Entry<ClaimKey, Claim> entry : claims.entrySet()) {
            ClaimKey key = entry.getKey();
            Claim claim = entry.getValue();
            if (key.csg() == csg && key.cs() == cs && claim.isNeeded != isNeeded) {
                claim.isNeeded = isNeeded && claim.isOpen;
                show(event, key, claim);
            }
        }
    }

    /// Counts the cores of a kind that a slot holds, or that jobs of any slot run on.
    ///
    /// @param csg a slot, or -1 for all
    private void count(EventCursor event, RowBuilder row, int csg, String kind, boolean isBusy) {
        long cores = 0;
        for (Map.Entry<ClaimKey, Claim> entry : claims.entrySet()) {
            ClaimKey key = entry.getKey();
            boolean counts = !isBusy || entry.getValue().jobs > 0;
            if (counts && key.kind().equals(kind) && (csg < 0 || key.csg() == csg)) {
                cores |= entry.getValue().held;
            }
        }
        row.step(event, Long.bitCount(cores), Unit.COUNT);
    }

    private RowBuilder busyRow(ClaimKey key) {
        return build.child(row(key.kind()).id, "endpoint-use", "busy " + unit(key.kind()));
    }

    private RowBuilder slotRow(ClaimKey key) {
        RowBuilder slot = build.objects().slot(key.csg());
        String name = key.kind().equals("tiler") ? "tilers" : key.kind() + " cores";
        return build.child(slot.id, "endpoint-use", name);
    }

    private static String unit(String kind) {
        return kind.equals("tiler") ? "tilers" : "cores";
    }

    private RowBuilder row(String kind) {
        return build.child(build.container(Section.ENDPOINTS).id, "endpoint", kind);
    }
}
