package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

/// Name of one thing in the machine, the same in every event, finding and view: `queue:3.0`.
///
/// | kind | key | example |
/// |---|---|---|
/// | `device` | `gpu` | `device:gpu` |
/// | `file` | DRM file id | `file:1` |
/// | `group` | gid | `group:3` |
/// | `queue` | gid `.` queue index | `queue:3.0` |
/// | `slot` | CSG slot | `slot:0` |
/// | `cs` | CSG `.` CS interface | `cs:0.1` |
/// | `vm`, `bo` | id | `bo:7` |
/// | `sync` | VM id `@` GPU address | `sync:1@0x7f0000001000` |
/// | `fence` | context `:` seqno | `fence:24:1` |
/// | `syncobj` | file id `.` handle | `syncobj:1.1` |
/// | `job` | job id | `job:5` |
/// | `eventfd` | id | `eventfd:2` |
/// | `xgs-queue`, `xgs-job` | id | `xgs-queue:1` |
/// | `iface` | firmware interface block | `iface:CSG0.CS0` |
/// | `as` | MMU address space | `as:1` |
/// | `irq` | line | `irq:job` |
/// | `work` | work item function | `work:tick` |
/// | `thread` | pid | `thread:1000` |
/// | `process` | name | `process:hello-ring` |
/// | `cpu` | number | `cpu:0` |
///
/// @param kind see the table
/// @param key unique within the kind
public record ObjectId(String kind, String key) implements Comparable<ObjectId> {
    /// Names made lately: reducing an event names objects by numbers, mostly the same few. Whoever
    /// finds the name of something else here makes a new one, so threads need not agree.
    private static final @Nullable Made[] MADE = new @Nullable Made[2048];

    /// Stands for the second number of a name made of one.
    private static final long ONE_NUMBER = Long.MIN_VALUE;

    /// A name and the numbers it was made of.
    private record Made(String kind, long first, long second, ObjectId id) {
        boolean isOf(String otherKind, long otherFirst, long otherSecond) {
            return first == otherFirst && second == otherSecond && kind.equals(otherKind);
        }
    }

    /// Reads `kind:key`.
    ///
    /// @throws IllegalArgumentException if there is no colon with something on both sides
    public static ObjectId parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            throw new IllegalArgumentException("object id=" + text + " is not kind:key");
        }
        return new ObjectId(text.substring(0, colon), text.substring(colon + 1));
    }

    public static ObjectId of(String kind, long key) {
        int place = place(kind, key, ONE_NUMBER);
        Made made = MADE[place];
        if (made != null && made.isOf(kind, key, ONE_NUMBER)) {
            return made.id();
        }
        return keep(place, kind, key, ONE_NUMBER, Long.toString(key));
    }

    public static ObjectId queue(long gid, int queue) {
        int place = place("queue", gid, queue);
        Made made = MADE[place];
        if (made != null && made.isOf("queue", gid, queue)) {
            return made.id();
        }
        return keep(place, "queue", gid, queue, gid + "." + queue);
    }

    public static ObjectId fence(long context, long seqno) {
        int place = place("fence", context, seqno);
        Made made = MADE[place];
        if (made != null && made.isOf("fence", context, seqno)) {
            return made.id();
        }
        String key = Long.toUnsignedString(context) + ":" + Long.toUnsignedString(seqno);
        return keep(place, "fence", context, seqno, key);
    }

    private static int place(String kind, long first, long second) {
        long mixed = (kind.hashCode() + first * 31 + second) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 53);
    }

    private static ObjectId keep(int place, String kind, long first, long second, String key) {
        ObjectId id = new ObjectId(kind, key);
        MADE[place] = new Made(kind, first, second, id);
        return id;
    }

    public static ObjectId sync(long vmId, long va) {
        return new ObjectId("sync", vmId + "@0x" + Long.toHexString(va));
    }

    /// A tiler heap, by its context.
    ///
    /// @param vmId null when it is not known whose address space that is in
    public static ObjectId heap(@Nullable Integer vmId, long contextVa) {
        String address = "0x" + Long.toHexString(contextVa);
        return new ObjectId("heap", vmId == null ? address : vmId + "@" + address);
    }

    @Override
    public int compareTo(ObjectId other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : compareKeys(key, other.key);
    }

    @Override
    public String toString() {
        return kind + ":" + key;
    }

    /// Numbers inside keys count as numbers: `2` before `10`.
    private static int compareKeys(String a, String b) {
        int common = Math.min(a.length(), b.length());
        int i = 0;
        while (i < common && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == a.length() && i == b.length()) {
            return 0;
        }
        int start = i;
        while (start > 0 && isDigit(a.charAt(start - 1))) {
            start--;
        }
        int endA = digitsEnd(a, i);
        int endB = digitsEnd(b, i);
        if (endA > start && endB > start && endA != endB) {
            return Integer.compare(endA, endB);
        }
        return i == common
                ? Integer.compare(a.length(), b.length())
                : Character.compare(a.charAt(i), b.charAt(i));
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
