package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.FenceEvent.Syncobj;
import org.panscope.trace.event.FenceEvent.SyncobjStep;
import org.panscope.trace.event.KernelEvent.CreateStep;
import org.panscope.trace.event.KernelEvent.GroupCreateStep;
import org.panscope.trace.event.KernelEvent.Kick;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.KernelEvent.SyncUpdate;
import org.panscope.trace.event.MarkEvent.Mark;
import org.panscope.trace.event.MemoryEvent.VmMap;
import org.panscope.trace.event.MemoryEvent.VmUnmap;
import org.panscope.trace.event.SchedEvent.Job;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.InsertWrite;
import org.panscope.trace.event.UserEvent.LoadedWord;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.event.UserEvent.Ringer;
import org.panscope.trace.event.UserEvent.UserLoad;
import org.panscope.trace.event.UserEvent.UserWaitBegin;
import org.panscope.trace.event.UserEvent.UserWaitEnd;
import org.panscope.trace.event.UserEvent.WaitKind;
import org.panscope.trace.event.UserEvent.Writer;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.Unit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Says in the vocabulary what a `psm1` marker means, so that an instrumented board fills the same
/// views as an emulated machine.
///
/// | verb | becomes |
/// |---|---|
/// | `grp` | `GROUP_CREATE_STEP` returned; user or kernel mode as the markers `que` of the group say |
/// | `que` | `QUEUE_CREATED`, without what only the kernel knows: buffer objects, MCU addresses |
/// | `rbw`, `rbd` | `RING_WRITE`, without and with the bytes |
/// | `ins` | `INSERT_WRITE` |
/// | `db` | `DB_RING` by the user page; on which page it landed nobody saw |
/// | `smp` | `USER_LOAD` of INSERT, EXTRACT and ACTIVE, of each where it was sampled |
/// | `sub` | `JOB` created; the stream's address where it is written in hexadecimal, as addresses are (writers of the first draft put a ring offset there) |
/// | `kick` | `KICK`; which branch the driver took nobody saw |
/// | `sv` | `USER_LOAD` of the sync object: somebody saw the value, not who wrote it |
/// | `upd` | `SYNC_UPDATE` |
/// | `so` | `SYNCOBJ` for create, destroy, signal, reset, import, export; `USER_WAIT_BEGIN` and `USER_WAIT_END` for wait and waitend |
/// | `evt` | `USER_WAIT_END` of the eventfd |
/// | `xq` | `XGS_QUEUE` for create and destroy |
/// | `xgs` | `XGS_JOB` created (not the older form of that verb, which names no XGS queue) |
/// | `xop` | `XGS_OP` submitted, not tried yet |
/// | `xsy` | `SYNCOBJ` of that job: a wait or, for a signal, the fence or point it puts there |
/// | `map` | `VM_MAP` or `VM_UNMAP`, where the address space is known; which bytes lie there is not |
/// | `note` | `MARK` |
///
/// `hdr` and `end` only tell whose marks the others are, a `query` of a syncobj nothing that is
/// kept. What a record could say and the marker does not is absent. The marker itself stays in the
/// trace with all its fields.
///
/// Handles are per DRM file; group `g` of file `f` in process `pid` becomes `pid·10⁶ + f·10³ + g`,
/// so an identity is the same wherever reading starts. A marker whose numbers do not fit is not
/// translated; an address space or file whose numbers do not fit is absent. Jobs of the kernel
/// path, which have no number of the client's, are known by the `seq` of their marker.
public final class Psm1Translator {
    private final Psm1Identities ids;
    private final Psm1XgsTranslator xgs;
    private final Psm1Clients clients;

    /// A translator that knows these processes and nothing else of the trace; [#translate] teaches
    /// them nothing.
    public Psm1Translator(Psm1Processes processes) {
        this(processes, new Psm1Clients());
    }

    private Psm1Translator(Psm1Processes processes, Psm1Clients clients) {
        this.clients = clients;
        ids = new Psm1Identities(processes, clients);
        xgs = new Psm1XgsTranslator(ids);
    }

    /// A translator for one trace, which is read once or twice for it.
    public static Psm1Translator of(Trace trace) {
        Psm1Processes processes = Psm1Processes.of(trace);
        Psm1Clients clients = new Psm1Clients();
        Psm1Identities ids = new Psm1Identities(processes, clients);
        boolean[] marker = markers(trace);
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            if (marker[cursor.typeIndex()]) {
                Event event = cursor.event();
                clients.learn(ids.fileKey(event), event);
            }
        }
        return new Psm1Translator(processes, clients);
    }

    /// Which types of a trace have the fields of markers.
    static boolean[] markers(Trace trace) {
        boolean[] marker = new boolean[trace.types().size()];
        for (int i = 0; i < marker.length; i++) {
            EventTypeInfo type = trace.types().get(i);
            marker[i] = type.isDynamic() && type.fieldIndex("verb") >= 0;
        }
        return marker;
    }

    /// The records a marker stands for, in order; empty for every other event.
    public List<TraceEvent> translate(Event event) {
        String verb = Psm1Fields.text(event, "verb");
        if (verb == null || event.value("buf") == null || event.header().pid() < 0) {
            return List.of();
        }
        return switch (verb) {
            case "grp" -> group(event);
            case "que" -> queueCreated(event);
            case "sub" -> submission(event);
            case "kick" -> kick(event);
            case "map" -> mapping(event);
            case "rbw" -> ringWrite(event, null);
            case "rbd" -> ringBytes(event);
            case "ins" -> insert(event);
            case "db" -> doorbell(event);
            case "smp" -> sample(event);
            case "sv" -> syncValue(event);
            case "upd" -> syncUpdate(event);
            case "so" -> syncobj(event);
            case "evt" -> eventfd(event);
            case "xq" -> xgs.queue(event);
            case "xgs" -> xgs.job(event);
            case "xop" -> xgs.operation(event);
            case "xsy" -> xgs.sync(event);
            case "note" -> note(event);
            default -> List.of();
        };
    }

    /// The group a handle stands for, or null when the event names none.
    public @Nullable Long gid(Event event) {
        return ids.gid(event);
    }

    /// The DRM file of an event, or null when the numbers do not fit.
    public @Nullable Integer fileId(Event event) {
        return ids.fileId(event);
    }

    private List<TraceEvent> group(Event event) {
        Long gid = gid(event);
        Integer file = fileId(event);
        Integer handle = Psm1Fields.integer(event, "g");
        Integer queues = Psm1Fields.integer(event, "nq");
        if (gid == null || file == null || handle == null || queues == null) {
            return List.of();
        }
        return List.of(
                new GroupCreateStep(
                        gid,
                        handle,
                        CreateStep.RETURNED,
                        file,
                        ids.vmId(event, Psm1Fields.number(event, "vm")),
                        clients.isUserSubmit(ids.fileKey(event), handle),
                        Psm1Fields.integer(event, "prio"),
                        queues,
                        null));
    }

    private List<TraceEvent> queueCreated(Event event) {
        Long gid = gid(event);
        Integer queue = queue(event);
        Long va = Psm1Fields.number(event, "rb");
        Long size = Psm1Fields.number(event, "sz");
        if (gid == null || queue == null || va == null || size == null) {
            return List.of();
        }
        return List.of(
                new QueueCreated(
                        gid,
                        queue,
                        Psm1Fields.integer(event, "prio"),
                        va,
                        size,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Psm1Fields.number(event, "db")));
    }

    private List<TraceEvent> submission(Event event) {
        Long gid = gid(event);
        Integer queue = queue(event);
        if (gid == null || queue == null) {
            return List.of();
        }
        int at = event.type().fieldIndex("at");
        boolean isAddress = at >= 0 && event.type().fields().get(at).unit() == Unit.HEX;
        return List.of(
                new Job(
                        event.seq(),
                        gid,
                        queue,
                        JobStep.CREATED,
                        isAddress ? Psm1Fields.number(event, "at") : null,
                        Psm1Fields.number(event, "n"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        0));
    }

    private List<TraceEvent> kick(Event event) {
        Long gid = gid(event);
        Integer handle = Psm1Fields.integer(event, "g");
        Long mask = Psm1Fields.number(event, "mask");
        return gid == null || handle == null || mask == null
                ? List.of()
                : List.of(new Kick(gid, handle, mask, null, null, null, null));
    }

    private List<TraceEvent> mapping(Event event) {
        Integer vm = ids.vmOf(event);
        Long va = Psm1Fields.number(event, "va");
        Long size = Psm1Fields.number(event, "n");
        if (vm == null || va == null || size == null) {
            return List.of();
        }
        return switch (Psm1Fields.text(event, "op")) {
            case "map" -> List.of(new VmMap(vm, va, size, null, null, null));
            case "unmap" -> List.of(new VmUnmap(vm, va, size));
            case null, default -> List.of();
        };
    }

    private List<TraceEvent> ringWrite(Event event, byte @Nullable [] data) {
        Long gid = gid(event);
        Integer queue = queue(event);
        Long at = Psm1Fields.number(event, "at");
        Long length = data == null ? Psm1Fields.number(event, "n") : Long.valueOf(data.length);
        if (gid == null || queue == null || at == null || length == null) {
            return List.of();
        }
        return List.of(new RingWrite(gid, queue, at, length, data, Writer.USER));
    }

    private List<TraceEvent> ringBytes(Event event) {
        String digits = Psm1Fields.text(event, "d");
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
        Long value = Psm1Fields.number(event, "v");
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
        Integer slot = Psm1Fields.integer(event, "slot");
        Integer doorbell = slot == null || slot == Integer.MAX_VALUE ? null : slot + 1;
        return List.of(
                new DbRing(doorbell, DoorbellPage.UNKNOWN, Ringer.USER_PAGE, null, gid, queue));
    }

    private List<TraceEvent> sample(Event event) {
        List<TraceEvent> loads = new ArrayList<>();
        Long gid = gid(event);
        Integer queue = queue(event);
        if (gid != null && queue != null) {
            Long insert = Psm1Fields.number(event, "ins");
            if (insert != null) {
                loads.add(new UserLoad(LoadedWord.INSERT, gid, queue, null, insert));
            }
            Long extract = Psm1Fields.number(event, "ext");
            if (extract != null) {
                loads.add(new UserLoad(LoadedWord.EXTRACT, gid, queue, null, extract));
            }
            Long active = Psm1Fields.number(event, "act");
            if (active != null) {
                loads.add(new UserLoad(LoadedWord.ACTIVE, gid, queue, null, active));
            }
        }
        return loads;
    }

    private List<TraceEvent> syncValue(Event event) {
        Long va = Psm1Fields.number(event, "a");
        Long value = Psm1Fields.number(event, "v");
        return va == null || value == null
                ? List.of()
                : List.of(
                        new UserLoad(
                                LoadedWord.SYNC_OBJECT, null, null, va, value, ids.vmOf(event)));
    }

    private List<TraceEvent> syncUpdate(Event event) {
        Integer file = fileId(event);
        return file == null ? List.of() : List.of(new SyncUpdate(file, null, null, null));
    }

    private List<TraceEvent> syncobj(Event event) {
        Integer file = fileId(event);
        Integer handle = Psm1Fields.integer(event, "h");
        String op = Psm1Fields.text(event, "op");
        if (file == null || handle == null || op == null) {
            return List.of();
        }
        String object = "syncobj:" + file + "." + handle;
        SyncobjStep step =
                switch (op) {
                    case "create" -> SyncobjStep.CREATE;
                    case "destroy" -> SyncobjStep.DESTROY;
                    case "signal" -> SyncobjStep.SIGNAL;
                    case "reset" -> SyncobjStep.RESET;
                    case "import" -> SyncobjStep.IMPORT;
                    case "export" -> SyncobjStep.EXPORT;
                    default -> null;
                };
        if (step != null) {
            return List.of(
                    new Syncobj(step, file, handle, Psm1Fields.number(event, "pt"), null, null));
        }
        return switch (op) {
            case "wait" -> List.of(new UserWaitBegin(WaitKind.SYNCOBJ, object, null));
            case "waitend" -> List.of(new UserWaitEnd(WaitKind.SYNCOBJ, object, null, null));
            default -> List.of();
        };
    }

    private List<TraceEvent> eventfd(Event event) {
        Long gid = gid(event);
        Long xgsQueue = ids.handle(event, "xq");
        if (gid == null && xgsQueue == null) {
            return List.of();
        }
        String object = gid != null ? "group:" + gid : "xgs-queue:" + xgsQueue;
        return List.of(new UserWaitEnd(WaitKind.EVENTFD, object, null, 0));
    }

    private static List<TraceEvent> note(Event event) {
        String text = Psm1Fields.text(event, "t");
        return text == null ? List.of() : List.of(new Mark(text));
    }

    private static @Nullable Integer queue(Event event) {
        return Psm1Fields.integer(event, "q");
    }
}
