package org.panscope.core.timeline;

import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a ring buffer goes through: words written, INSERT stored, fetched, executed or blocked,
/// empty. The queue's row shows the state, a row below it the bytes between EXTRACT and INSERT.
final class QueueRules {
    private final Build build;
    private final Map<QueueKey, QueueTracker> trackers = new LinkedHashMap<>();

    private record QueueKey(long gid, int queue) {}

    private QueueRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        QueueRules queues = new QueueRules(build);
        rules.on("QUEUE_CREATED", queues::created);
        rules.on("RING_WRITE", queues::ringWrite);
        rules.on("INSERT_WRITE", queues::insertWrite);
        rules.on("FW_CS", queues::firmware);
        rules.on("FAULT", queues::fault);
        rules.on("DB_RING", queues::doorbell);
        rules.on("USER_LOAD", queues::load);
        rules.on("CS_STATUS", queues::sampled);
        rules.on("QUEUE_TIMER", queues::timer);
        rules.on("GROUP_RELEASE", queues::released);
    }

    private Handler created(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        return event -> {
            long id = gid.number(event, -1);
            int index = queue.integer(event, -1);
            build.objects().learnQueue(event, id, index);
            tracker(id, index).created(event);
        };
    }

    private Handler ringWrite(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader at = fields.get("at");
        FieldReader length = fields.get("length");
        return event -> {
            long id = gid.number(event, -1);
            int index = queue.integer(event, -1);
            build.objects().learnQueue(event, id, index);
            tracker(id, index).written(event, at.number(event, 0), length.number(event, 0));
        };
    }

    private Handler insertWrite(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader insert = fields.get("new_insert");
        return event -> {
            long id = gid.number(event, -1);
            int index = queue.integer(event, -1);
            build.objects().learnQueue(event, id, index);
            tracker(id, index).inserted(event, insert.number(event, 0));
        };
    }

    private Handler firmware(Fields fields) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader step = fields.get("step");
        FieldReader insert = fields.get("insert");
        FieldReader extract = fields.get("extract");
        Streams.WaitFields wait = Streams.WaitFields.of(fields);
        return event -> {
            int slot = csg.integer(event, -1);
            int stream = cs.integer(event, -1);
            Long gid = build.objects().groupOn(slot);
            if (gid == null) {
                return;
            }
            QueueTracker queue = tracker(gid, stream);
            String name = step.text(event);
            if (name.equals("block")) {
                queue.blocked(
                        event,
                        wait.reason().integer(event, 0),
                        build.streams().blocked(event, wait, slot, stream));
            } else {
                queue.firmware(
                        event,
                        name,
                        insert.isPresent(event) ? insert.number(event, 0) : null,
                        extract.isPresent(event) ? extract.number(event, 0) : null);
            }
        };
    }

    private Handler fault(Fields fields) {
        FieldReader csg = fields.get("csg");
        FieldReader cs = fields.get("cs");
        FieldReader kind = fields.get("kind");
        FieldReader exception = fields.get("exception");
        return event -> {
            Long gid =
                    csg.isPresent(event) ? build.objects().groupOn(csg.integer(event, -1)) : null;
            if (gid != null && cs.isPresent(event)) {
                String name = Streams.exception(exception.number(event, 0));
                tracker(gid, cs.integer(event, -1)).fault(event, kind.text(event) + ": " + name);
            }
        };
    }

    /// A doorbell that went to the dummy page or to another group than meant is lost on the queue.
    private Handler doorbell(Fields fields) {
        FieldReader gid = fields.get("intended_gid");
        FieldReader queue = fields.get("intended_queue");
        FieldReader target = fields.get("target_gid");
        FieldReader page = fields.get("page");
        FieldReader by = fields.get("by");
        return event -> {
            RowBuilder row = build.rowOf(event);
            boolean astray = false;
            if (gid.isPresent(event)) {
                long id = gid.number(event, -1);
                row =
                        queue.isPresent(event)
                                ? build.objects().queue(id, queue.integer(event, -1))
                                : build.objects().group(id);
                astray = target.isPresent(event) && target.number(event, -1) != id;
            }
            boolean dummy = page.text(event).equals("dummy");
            String where = astray ? " to another group" : dummy ? " on the dummy page" : "";
            Style style = astray ? Style.ERROR : dummy ? Style.ATTENTION : Style.RUNNING;
            row.instant(event, "doorbell by " + by.text(event) + where, style, Glyph.UP);
        };
    }

    private Handler load(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader word = fields.get("word");
        return event -> {
            RowBuilder row =
                    gid.isPresent(event) && queue.isPresent(event)
                            ? build.objects().queue(gid.number(event, -1), queue.integer(event, -1))
                            : build.rowOf(event);
            row.instant(event, "load " + word.text(event), Style.IDLE, Glyph.TICK);
        };
    }

    private Handler sampled(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader blocked = fields.get("blocked");
        return event ->
                build.objects()
                        .queue(gid.number(event, -1), queue.integer(event, -1))
                        .instant(
                                event,
                                blocked.flag(event) ? "status: blocked" : "status sampled",
                                Style.ACTIVITY,
                                Glyph.TICK);
    }

    private Handler timer(Fields fields) {
        FieldReader gid = fields.get("gid");
        FieldReader queue = fields.get("queue");
        FieldReader step = fields.get("step");
        return event -> {
            boolean fired = step.text(event).equals("fire");
            build.objects()
                    .queue(gid.number(event, -1), queue.integer(event, -1))
                    .instant(
                            event,
                            "timer " + step.text(event),
                            fired ? Style.ERROR : Style.IDLE,
                            fired ? Glyph.CROSS : Glyph.TICK);
        };
    }

    private Handler released(Fields fields) {
        FieldReader gid = fields.get("gid");
        return event -> {
            long id = gid.number(event, -1);
            for (Map.Entry<QueueKey, QueueTracker> entry : trackers.entrySet()) {
                if (entry.getKey().gid() == id) {
                    entry.getValue().released();
                }
            }
        };
    }

    private QueueTracker tracker(long gid, int queue) {
        return trackers.computeIfAbsent(
                new QueueKey(gid, queue),
                key -> new QueueTracker(build, build.objects().queue(gid, queue)));
    }
}
