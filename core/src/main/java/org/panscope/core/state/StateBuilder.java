package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.Unit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// A state while events are applied to it. [#snapshot] may be asked for after any event and costs
/// only what changed since the last one. Everything is bounded, whatever a trace claims.
public final class StateBuilder {
    /// Anomalies kept; more are only counted.
    public static final int MAX_ANOMALIES = 100;

    /// Objects tracked at a time; what a trace says about more is an anomaly and not kept.
    static final int MAX_OBJECTS = 200_000;

    /// Fences of one context, or jobs, that are over but not freed and still kept.
    static final int MAX_RETIRED = 64;

    private final Map<ObjectId, ObjectEditor> open = new LinkedHashMap<>();
    private final MemoryBuilder memory;
    private final List<Anomaly> anomalies;
    private PersistentMap<ObjectId, ObjectState> settled;
    private PersistentMap<Integer, AddressSpace> spaces;
    private PersistentMap<WatchedWord, WatchedWord> words;
    private PersistentMap<ObjectId, Boolean> retired;
    private long anomalyCount;
    private int objectCount;
    private long position;
    private long timeNs;
    private long seq;
    private @Nullable EventHeader lastThread;

    /// Starts where nothing has happened.
    public StateBuilder() {
        this(ReducedState.INITIAL);
    }

    /// Goes on from a state.
    public StateBuilder(ReducedState start) {
        settled = start.tree();
        memory = new MemoryBuilder(start.memory());
        spaces = start.spaces();
        words = start.index().words();
        retired = start.index().retired();
        anomalyCount = start.anomalyCount();
        anomalies = new ArrayList<>(start.anomalies());
        objectCount = settled.size();
        position = start.position();
        timeNs = start.timeNs();
    }

    /// Number of events applied.
    public long position() {
        return position;
    }

    /// The state by now.
    public ReducedState snapshot() {
        settle();
        return new ReducedState(
                position,
                timeNs,
                settled,
                memory.snapshot(),
                spaces,
                new StateIndex(words, retired),
                anomalyCount,
                anomalies);
    }

    /// The next event is applied.
    void begin(long eventSeq, long eventTimeNs) {
        seq = eventSeq;
        position = eventSeq + 1;
        timeNs = eventTimeNs;
    }

    /// Identity of memory that the event being applied introduces without a buffer object.
    long memoryOfNow() {
        return -1 - seq % Integer.MAX_VALUE;
    }

    void anomaly(ObjectId object, String message) {
        anomalyCount++;
        if (anomalies.size() < MAX_ANOMALIES) {
            anomalies.add(new Anomaly(seq, object, message));
        }
    }

    /// Whether the event before this one was told by the same thread in the same situation.
    boolean isSameThread(EventHeader header) {
        EventHeader before = lastThread;
        lastThread = header;
        return before != null
                && before.pid() == header.pid()
                && before.cpu() == header.cpu()
                && Objects.equals(before.comm(), header.comm())
                && Objects.equals(before.context(), header.context())
                && Objects.equals(before.locks(), header.locks());
    }

    /// The next event has to tell of its thread again, whatever it was.
    void forgetThread() {
        lastThread = null;
    }

    // ---- objects ------------------------------------------------------------------------------

    /// An object that comes into being now.
    ObjectEditor create(ObjectId id) {
        if (exists(id)) {
            anomaly(id, "created although it exists");
            remove(id);
        }
        return edit(id);
    }

    /// An object somebody must have created; a placeholder when nobody did.
    ObjectEditor known(ObjectId id) {
        if (!exists(id)) {
            anomaly(id, "its creation was not observed");
        }
        return edit(id);
    }

    /// An object that has always been there, or is there since it was first mentioned.
    ObjectEditor edit(ObjectId id) {
        ObjectEditor editor = open.get(id);
        if (editor == null) {
            ObjectState state = settled.find(id);
            editor = new ObjectEditor(state == null ? ObjectState.unknown(id) : state);
            if (state == null && objectCount == MAX_OBJECTS) {
                anomaly(id, "not kept: there are more than " + MAX_OBJECTS + " objects");
                return editor.by(seq);
            }
            objectCount += state == null ? 1 : 0;
            open.put(id, editor);
        }
        return editor.by(seq);
    }

    /// An object, or null when nothing was heard of it.
    @Nullable ObjectEditor find(ObjectId id) {
        ObjectEditor editor = open.get(id);
        if (editor != null) {
            return editor.by(seq);
        }
        return settled.find(id) == null ? null : edit(id);
    }

    boolean exists(ObjectId id) {
        return open.containsKey(id) || settled.find(id) != null;
    }

    /// The object is gone.
    void remove(ObjectId id) {
        boolean wasOpen = open.remove(id) != null;
        boolean wasSettled = settled.find(id) != null;
        if (wasOpen || wasSettled) {
            objectCount--;
            settled = settled.without(id);
            retired = retired.without(id);
            if (id.kind().equals("queue") || id.kind().equals("sync")) {
                unwatch(id);
            }
        }
    }

    /// The object is gone; it should have been known.
    void destroy(ObjectId id) {
        if (!exists(id)) {
            anomaly(id, "destroyed although nothing was heard of it");
        }
        remove(id);
    }

    /// All objects of a kind whose keys begin with `prefix`, in order.
    List<ObjectEditor> all(String kind, String prefix) {
        SortedSet<ObjectId> ids = new TreeSet<>(StateIndex.range(settled, kind, prefix).keySet());
        for (ObjectId id : open.keySet()) {
            if (id.kind().equals(kind) && id.key().startsWith(prefix)) {
                ids.add(id);
            }
        }
        List<ObjectEditor> editors = new ArrayList<>(ids.size());
        for (ObjectId id : ids) {
            editors.add(edit(id));
        }
        return editors;
    }

    /// A fence signalled or a job done: it is kept for a while only, since captures lose the events
    /// that free such objects.
    void retire(ObjectId id) {
        if (!exists(id)) {
            return;
        }
        retired = retired.with(id, true);
        String prefix = id.key().substring(0, id.key().lastIndexOf(':') + 1);
        SortedMap<ObjectId, Boolean> alike = StateIndex.range(retired, id.kind(), prefix);
        if (alike.size() > MAX_RETIRED) {
            remove(alike.firstKey());
        }
    }

    private void settle() {
        for (Map.Entry<ObjectId, ObjectEditor> entry : open.entrySet()) {
            settled = settled.with(entry.getKey(), entry.getValue().state());
        }
        open.clear();
    }

    // ---- memory -------------------------------------------------------------------------------

    void createBo(int bo, long sizeBytes) {
        memory.create(bo, sizeBytes, seq);
        refresh(bo, 0, Long.MAX_VALUE);
    }

    /// What the buffer object holds is not told.
    void forgetBo(int bo) {
        memory.forgetAll(bo);
        refresh(bo, 0, Long.MAX_VALUE);
    }

    void destroyBo(int bo) {
        memory.destroy(bo);
        refresh(bo, 0, Long.MAX_VALUE);
    }

    void write(int bo, long offset, byte[] data) {
        if (!memory.write(bo, offset, data, seq)) {
            anomaly(ObjectId.of("bo", bo), "stored outside, at offset " + offset);
        }
        refresh(bo, offset, data.length);
    }

    /// Stores a little-endian word.
    void write(int bo, long offset, long value, int widthBytes) {
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        word.putLong(value);
        write(bo, offset, Arrays.copyOf(word.array(), widthBytes));
    }

    /// Something was stored, nobody knows what.
    void forget(int bo, long offset, long length) {
        if (!memory.forget(bo, offset, length, seq)) {
            anomaly(ObjectId.of("bo", bo), "unknown bytes stored outside or in a huge range");
            refresh(bo, 0, Long.MAX_VALUE);
        }
        refresh(bo, offset, length);
    }

    /// Lets quantities follow words of memory from now on.
    void watch(Iterable<WatchedWord> added) {
        for (WatchedWord word : added) {
            words = words.with(word, word);
            refresh(word);
        }
    }

    void unwatch(ObjectId owner) {
        for (WatchedWord word : new ArrayList<>(words.keySet())) {
            if (word.owner().equals(owner)) {
                words = words.without(word);
            }
        }
    }

    private void refresh(int bo, long offset, long length) {
        long end = offset + length < 0 ? Long.MAX_VALUE : offset + length;
        WatchedWord first = WatchedWord.bound(bo, offset - WatchedWord.MAX_WIDTH_BYTES);
        for (WatchedWord word : words.subMap(first, WatchedWord.bound(bo, end)).keySet()) {
            refresh(word);
        }
    }

    private void refresh(WatchedWord word) {
        int width = word.widthBytes();
        boolean[] known = new boolean[width];
        byte[] bytes = MemoryImage.read(memory.find(word.bo()), word.offset(), width, known);
        boolean complete = true;
        long value = 0;
        for (int i = 0; i < width; i++) {
            complete &= known[i];
            value |= (bytes[i] & 0xffL) << (i * Byte.SIZE);
        }
        ObjectEditor owner = edit(word.owner());
        if (complete) {
            Object shown = word.unit() == Unit.NONE ? (Object) (value != 0) : (Object) value;
            long writer = memory.view().lastWriter(word.bo(), word.offset());
            owner.put(Belief.MEMORY, word.quantity(), new Cell(shown, word.unit(), writer));
        } else {
            owner.clear(Belief.MEMORY, word.quantity());
        }
    }

    // ---- address spaces -----------------------------------------------------------------------

    AddressSpace space(int vmId) {
        AddressSpace space = spaces.find(vmId);
        return space == null ? AddressSpace.EMPTY : space;
    }

    void setSpace(int vmId, @Nullable AddressSpace space) {
        spaces = space == null ? spaces.without(vmId) : spaces.with(vmId, space);
    }
}
