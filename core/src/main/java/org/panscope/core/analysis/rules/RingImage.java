package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/// What was stored into a ring since bytes of it were last executed: by free-running offset, so
/// that laps are told apart. Bytes the firmware has read are forgotten.
final class RingImage {
    /// Stores kept; what a trace says beyond is not known.
    private static final int MAX_PIECES = 4096;

    private final long size;
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();

    /// A stored range.
    ///
    /// @param end one past its last byte
    /// @param data its bytes, or null when only the range was seen
    /// @param seq the store
    record Piece(long at, long end, byte @Nullable [] data, long seq) {}

    RingImage(long size) {
        this.size = size;
    }

    /// Takes note of a store and returns the first piece stored before that overlaps `[unreadFrom,
    /// unreadTo)` and this one, or null.
    @Nullable Piece store(Piece piece, long unreadFrom, long unreadTo) {
        Piece hit = null;
        Map.Entry<Long, Piece> before = pieces.lowerEntry(piece.at());
        if (before != null && overlaps(before.getValue(), piece, unreadFrom, unreadTo)) {
            hit = before.getValue();
        }
        for (Piece other : pieces.subMap(piece.at(), true, piece.end(), false).values()) {
            if (hit == null && overlaps(other, piece, unreadFrom, unreadTo)) {
                hit = other;
            }
        }
        if (before != null && before.getValue().end() > piece.at()) {
            Piece shorter = before.getValue();
            pieces.put(shorter.at(), part(shorter, shorter.at(), piece.at()));
            if (shorter.end() > piece.end()) {
                pieces.put(piece.end(), part(shorter, piece.end(), shorter.end()));
            }
        }
        Map.Entry<Long, Piece> last = pieces.lowerEntry(piece.end());
        if (last != null && last.getKey() >= piece.at() && last.getValue().end() > piece.end()) {
            pieces.put(piece.end(), part(last.getValue(), piece.end(), last.getValue().end()));
        }
        pieces.subMap(piece.at(), true, piece.end(), false).clear();
        pieces.put(piece.at(), piece);
        while (pieces.size() > MAX_PIECES) {
            pieces.pollFirstEntry();
        }
        return hit;
    }

    private static boolean overlaps(Piece a, Piece b, long from, long to) {
        long low = Math.max(Math.max(a.at(), b.at()), from);
        return low < Math.min(Math.min(a.end(), b.end()), to);
    }

    private static Piece part(Piece piece, long from, long to) {
        byte[] data = piece.data();
        byte[] kept = null;
        if (data != null && to - piece.at() <= data.length) {
            kept =
                    java.util.Arrays.copyOfRange(
                            data, (int) (from - piece.at()), (int) (to - piece.at()));
        }
        return new Piece(from, to, kept, piece.seq());
    }

    /// The bytes before that offset were executed. A ring's length of them is kept: they tell what
    /// registers hold.
    void executed(long extract) {
        pieces.headMap(extract - size, false).clear();
    }

    /// The first offset of `[from, to)` nothing was stored at, or -1.
    long firstGap(long from, long to) {
        long covered = from;
        Map.Entry<Long, Piece> before = pieces.floorEntry(from);
        if (before != null) {
            covered = Math.max(covered, before.getValue().end());
        }
        for (Piece piece : pieces.subMap(from, false, Math.max(from, to), false).values()) {
            if (piece.at() > covered) {
                break;
            }
            covered = Math.max(covered, piece.end());
        }
        return covered >= to ? -1 : covered;
    }

    /// The last store that reaches into `[from, to)`, or -1.
    long lastStore(long from, long to) {
        long seq = -1;
        for (Piece piece : pieces.headMap(to, false).values()) {
            if (piece.end() > from) {
                seq = Math.max(seq, piece.seq());
            }
        }
        return seq;
    }

    /// Every piece from that offset on and below the other, in order.
    Iterable<Piece> pieces(long from, long to) {
        return pieces.subMap(from, true, Math.max(from, to), false).values();
    }
}
