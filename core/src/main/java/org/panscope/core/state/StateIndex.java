package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.Unit;

import java.util.SortedMap;

/// What can be looked up quickly about a state and follows from its objects alone: which words of
/// memory are quantities of objects, and which fences and jobs are over but were not freed.
///
/// @param words see [WatchedWord]
/// @param retired fences signalled and jobs done
record StateIndex(
        PersistentMap<WatchedWord, WatchedWord> words, PersistentMap<ObjectId, Boolean> retired) {
    static final StateIndex EMPTY = new StateIndex(PersistentMap.empty(), PersistentMap.empty());

    /// The index of these objects.
    static StateIndex of(PersistentMap<ObjectId, ObjectState> objects) {
        StateIndex index = EMPTY;
        for (String kind : new String[] {"queue", "sync", "fence", "job"}) {
            for (ObjectState object : range(objects, kind, "").values()) {
                index = index.with(object);
            }
        }
        return index;
    }

    /// The entries of one kind whose keys begin with `prefix`.
    static <V> SortedMap<ObjectId, V> range(
            SortedMap<ObjectId, V> objects, String kind, String prefix) {
        return objects.subMap(
                new ObjectId(kind, prefix), new ObjectId(kind, prefix + Character.MAX_VALUE));
    }

    /// Whether an object only waits to be freed.
    static boolean isRetired(ObjectState object) {
        Cell cell =
                object.id().kind().equals("fence")
                        ? object.get(Belief.KERNEL, "signaled")
                        : object.get(Belief.KERNEL, "step");
        return cell != null && (cell.value().equals(true) || cell.value().equals("done"));
    }

    private StateIndex with(ObjectState object) {
        return switch (object.id().kind()) {
            case "queue" -> watch(UserIoLayout.words(object));
            case "sync" -> watch(SyncObjects.words(object));
            default ->
                    isRetired(object)
                            ? new StateIndex(words, retired.with(object.id(), true))
                            : this;
        };
    }

    private StateIndex watch(Iterable<WatchedWord> added) {
        PersistentMap<WatchedWord, WatchedWord> all = words;
        for (WatchedWord word : added) {
            all = all.with(word, word);
        }
        return new StateIndex(all, retired);
    }

    /// A number believed about an object, or null.
    static @Nullable Long number(ObjectState object, Belief belief, String quantity) {
        Cell cell = object.get(belief, quantity);
        return cell != null && cell.value() instanceof Long number && cell.unit() != Unit.NONE
                ? number
                : null;
    }
}
