package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.KernelEvent.SyncUpdate;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.event.XgsEvent.XgsJob;
import org.panscope.trace.event.XgsEvent.XgsJobStep;
import org.panscope.trace.event.XgsEvent.XgsQueue;
import org.panscope.trace.event.XgsEvent.XgsQueueStep;
import org.panscope.trace.io.Event;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Says in the vocabulary what a `psm1` marker means, so that an instrumented board fills the same
/// views as an emulated machine.
///
/// | verb | becomes |
/// |---|---|
/// | `rbw`, `rbd` | `RING_WRITE`, without and with the bytes |
/// | `ins` | `INSERT_WRITE` |
/// | `db` | `DB_RING` by the user page; on which page it landed nobody saw |
/// | `smp` | `USER_LOAD` of EXTRACT and, where sampled, ACTIVE |
/// | `sv` | `USER_LOAD` of the sync object: somebody saw the value, not who wrote it |
/// | `upd` | `SYNC_UPDATE` |
/// | `so` | `SYNCOBJ` for create, destroy, signal, reset |
/// | `evt` | `USER_WAIT_END` of the eventfd |
/// | `xq` | `XGS_QUEUE` for create, if the marker says whether an eventfd is attached |
/// | `xgs` | `XGS_JOB` created (not the older form of that verb, which names no XGS queue) |
/// | `note` | `MARK` |
///
/// All other verbs (`hdr`, `grp`, `que`, `sub`, `xop`, `xsy`, `kick`, `map`, `end`, and waits on
/// syncobjs) become nothing: their records demand what only the kernel knows, such as the buffer
/// object of a ring, the VM of an address or the branch a kick took, and nothing is made up. The
/// marker itself stays in the trace with all its fields.
///
/// Handles are per DRM file; group `g` of file `f` in process `pid` becomes `pid·10⁶ + f·10³ + g`,
/// so an identity is the same wherever reading starts. A marker whose numbers do not fit is not
/// translated.
public final class Psm1Translator {
    private static final long HANDLES = 1000;
    private static final long FILES = 1000;
    private static final long JOBS = 1_000_000;

    /// Processes are numbered below this (PID_MAX_LIMIT).
    private static final int MAX_PID = 1 << 22;

    private final Psm1Processes processes;

    /// A translator that knows these processes; [#translate] teaches them nothing.
    public Psm1Translator(Psm1Processes processes) {
        this.processes = processes;
    }

    /// The records a marker stands for, in order; empty for every other event.
    public List<TraceEvent> translate(Event event) {
        String verb = text(event, "verb");
        if (verb == null || event.value("buf") == null || event.header().pid() < 0) {
            return List.of();
        }
        return switch (verb) {
            case "rbw" -> ringWrite(event, null);
            case "rbd" -> ringBytes(event);
            case "ins" -> insert(event);
            case "db" -> doorbell(event);
            case "smp" -> sample(event);
            case "sv" -> syncValue(event);
            case "upd" -> syncUpdate(event);
            case "so" -> syncobj(event);
            case "evt" -> eventfd(event);
            case "xq" -> xgsQueue(event);
            case "xgs" -> xgsJob(event);
            case "note" -> note(event);
            default -> List.of();
        };
    }

    /// The group a handle stands for, or null when the event names none.
    public @Nullable Long gid(Event event) {
        return handle(event, "g");
    }

    /// The DRM file of an event, or null when the numbers do not fit.
    public @Nullable Integer fileId(Event event) {
        Long file = file(event);
        int process = processes.processOf(event.header().pid());
        return file == null || file >= 512 || process >= MAX_PID
                ? null
                : (int) (file * MAX_PID) + process;
    }

    private List<TraceEvent> ringWrite(Event event, byte @Nullable [] data) {
        Long gid = gid(event);
        Integer queue = queue(event);
        Long at = number(event, "at");
        Long length = data == null ? number(event, "n") : Long.valueOf(data.length);
        if (gid == null || queue == null || at == null || length == null) {
            return List.of();
        }
        return List.of(new RingWrite(gid, queue, at, length, data, Writer.USER));
    }

    private List<TraceEvent> ringBytes(Event event) {
        String digits = text(event, "d");
        if (digits == null) {
            return List.of();
        }
        try {
            return ringWrite(event, HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException notHexadecimal) {
            return List.of();
        }
    }

    private List<TraceEvent> insert(Event event) {
        Long gid = gid(event);
        Integer queue = queue(event);
        Long value = number(event, "v");
        return gid == null || queue == null || value == null
                ? List.of()
                : List.of(new InsertWrite(gid, queue, null, value, Writer.USER));
    }

    private List<TraceEvent> doorbell(Event event) {
        Long gid = gid(event);
        Integer queue = queue(event);
        if (gid == null || queue == null) {
            return List.of();
        }
        Integer slot = integer(event, "slot");
        Integer doorbell = slot == null || slot == Integer.MAX_VALUE ? null : slot + 1;
        return List.of(
                new DbRing(doorbell, DoorbellPage.UNKNOWN, Ringer.USER_PAGE, null, gid, queue));
    }

    private List<TraceEvent> sample(Event event) {
        List<TraceEvent> loads = new ArrayList<>();
        Long gid = gid(event);
        Integer queue = queue(event);
        if (gid != null && queue != null) {
            Long extract = number(event, "ext");
            if (extract != null) {
                loads.add(new UserLoad(LoadedWord.EXTRACT, gid, queue, null, extract));
            }
            Long active = number(event, "act");
            if (active != null) {
                loads.add(new UserLoad(LoadedWord.ACTIVE, gid, queue, null, active));
            }
        }
        return loads;
    }

    private static List<TraceEvent> syncValue(Event event) {
        Long va = number(event, "a");
        Long value = number(event, "v");
        return va == null || value == null
                ? List.of()
                : List.of(new UserLoad(LoadedWord.SYNC_OBJECT, null, null, va, value));
    }

    private List<TraceEvent> syncUpdate(Event event) {
        Integer file = fileId(event);
        return file == null ? List.of() : List.of(new SyncUpdate(file, null, null, null));
    }

    private List<TraceEvent> syncobj(Event event) {
        Integer file = fileId(event);
        Integer handle = integer(event, "h");
        SyncobjStep step =
                switch (text(event, "op")) {
                    case "create" -> SyncobjStep.CREATE;
                    case "destroy" -> SyncobjStep.DESTROY;
                    case "signal" -> SyncobjStep.SIGNAL;
                    case "reset" -> SyncobjStep.RESET;
                    case null, default -> null;
                };
        return file == null || handle == null || step == null
                ? List.of()
                : List.of(new Syncobj(step, file, handle, number(event, "pt"), null, null));
    }

    private List<TraceEvent> eventfd(Event event) {
        Long gid = gid(event);
        Long xgsQueue = handle(event, "xq");
        if (gid == null && xgsQueue == null) {
            return List.of();
        }
        String object = gid != null ? "group:" + gid : "xgs-queue:" + xgsQueue;
        return List.of(new UserWaitEnd(WaitKind.EVENTFD, object, null, 0));
    }

    private List<TraceEvent> xgsQueue(Event event) {
        Long queue = handle(event, "xq");
        Integer file = fileId(event);
        Integer handle = integer(event, "xq");
        Long eventfd = number(event, "ev");
        if (queue == null
                || file == null
                || handle == null
                || eventfd == null
                || !"create".equals(text(event, "op"))) {
            return List.of();
        }
        // A new queue is empty.
        return List.of(
                new XgsQueue(
                        XgsQueueStep.CREATE, queue, handle, file, null, eventfd == 1, 0, 0, null));
    }

    private List<TraceEvent> xgsJob(Event event) {
        Long queue = handle(event, "xq");
        Long id = number(event, "id");
        Integer ops = integer(event, "n");
        return queue == null || id == null || id < 0 || id >= JOBS || ops == null
                ? List.of()
                : List.of(
                        new XgsJob(
                                queue,
                                queue * JOBS + id,
                                XgsJobStep.CREATED,
                                ops,
                                null,
                                0,
                                null,
                                null,
                                null,
                                null));
    }

    private static List<TraceEvent> note(Event event) {
        String text = text(event, "t");
        return text == null ? List.of() : List.of(new Mark(text));
    }

    /// Identity of what a per-file handle stands for.
    private @Nullable Long handle(Event event, String key) {
        Long handle = number(event, key);
        Long file = file(event);
        if (handle == null || handle < 0 || handle >= HANDLES || file == null) {
            return null;
        }
        long process = processes.processOf(event.header().pid());
        return (process * FILES + file) * HANDLES + handle;
    }

    /// The DRM file as the client numbers it; a client with one file does not.
    private static @Nullable Long file(Event event) {
        if (event.type().fieldIndex("f") < 0) {
            return 0L;
        }
        Long file = number(event, "f");
        return file == null || file < 0 || file >= FILES ? null : file;
    }

    private static @Nullable Integer queue(Event event) {
        return integer(event, "q");
    }

    private static @Nullable Integer integer(Event event, String key) {
        Long value = number(event, key);
        return value == null || value < 0 || value > Integer.MAX_VALUE ? null : value.intValue();
    }

    private static @Nullable Long number(Event event, String key) {
        return event.value(key) instanceof Long number ? number : null;
    }

    private static @Nullable String text(Event event, String key) {
        return event.value(key) instanceof String text ? text : null;
    }
}
