package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The threads of interrupt lines, on a row below the line: woken by the handler, then running on a
/// CPU until there is nothing more to do. The kernel calls such a thread `irq/<line>-<name>` and
/// cuts that to 15 characters.
final class InterruptThreadRules {
    private static final Pattern THREAD = Pattern.compile("irq/(\\d+)-(.*)");

    private static final int MOST_PIDS = 100_000;
    private static final int MOST_THREADS = 1000;

    private final Build build;

    /// Rows by pid; null for threads that are no interrupt's.
    private final Map<Long, @Nullable RowBuilder> rows = new LinkedHashMap<>();

    /// Rows of lines by `irq <line>`.
    private final Map<String, RowBuilder> lines = new LinkedHashMap<>();

    private int threads;

    private InterruptThreadRules(Build build) {
        this.build = build;
        for (RowBuilder row : build.rows()) {
            if (row.kind.equals("irq") && row.name.matches("irq -?\\d+.*")) {
                lines.putIfAbsent(row.name.split(" ", 3)[0] + " " + row.name.split(" ", 3)[1], row);
            }
        }
    }

    static void register(Rules rules, Build build) {
        InterruptThreadRules threads = new InterruptThreadRules(build);
        for (String name : new String[] {"sched_waking", "sched_wakeup"}) {
            rules.on(name, threads::woken);
        }
        rules.on("sched_switch", threads::switched);
    }

    private Handler woken(Fields fields) {
        FieldReader comm = fields.get("comm");
        FieldReader pid = fields.get("pid");
        return event -> {
            RowBuilder row = row(pid.number(event, -1), comm, event);
            if (row != null && !row.hasState()) {
                row.state(event, "woken", Style.QUEUED);
            }
        };
    }

    private Handler switched(Fields fields) {
        FieldReader prevComm = fields.get("prev_comm");
        FieldReader prevPid = fields.get("prev_pid");
        FieldReader prevState = fields.get("prev_state");
        FieldReader nextComm = fields.get("next_comm");
        FieldReader nextPid = fields.get("next_pid");
        return event -> {
            RowBuilder before = row(prevPid.number(event, -1), prevComm, event);
            if (before != null) {
                if (prevState.text(event).startsWith("R")) {
                    before.state(event, "preempted", Style.QUEUED);
                } else {
                    before.noState();
                }
            }
            RowBuilder next = row(nextPid.number(event, -1), nextComm, event);
            if (next != null) {
                next.state(event, "runs on cpu " + event.cpu(), Style.RUNNING);
            }
        };
    }

    private @Nullable RowBuilder row(long pid, FieldReader comm, EventCursor event) {
        if (pid <= 0) {
            return null;
        }
        RowBuilder known = rows.get(pid);
        if (known != null || rows.containsKey(pid)) {
            return known;
        }
        RowBuilder row = rowOf(comm.text(event), pid);
        if (rows.size() < MOST_PIDS) {
            rows.put(pid, row);
        }
        return row;
    }

    private @Nullable RowBuilder rowOf(String comm, long pid) {
        Matcher matcher = THREAD.matcher(comm);
        if (!matcher.matches() || threads >= MOST_THREADS) {
            return null;
        }
        threads++;
        RowBuilder line = lines.get("irq " + matcher.group(1));
        RowBuilder parent = line != null ? line : build.container(Section.IRQ);
        return build.child(parent.id, "irq-thread", comm + " " + pid);
    }
}
