package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/// The bytes of all buffer objects at one position of a trace. Immutable; shares its pages with the
/// images before and after.
public final class MemoryImage implements MemoryView {
    static final MemoryImage EMPTY = new MemoryImage(PersistentMap.empty());

    private final PersistentMap<Integer, BoImage> bos;

    MemoryImage(PersistentMap<Integer, BoImage> bos) {
        this.bos = bos;
    }

    PersistentMap<Integer, BoImage> bos() {
        return bos;
    }

    /// Ids of all buffer objects bytes are known of.
    public SortedSet<Integer> boIds() {
        return new TreeSet<>(bos.keySet());
    }

    /// Whether a buffer object surely holds the same here as in another image; cheap, since images
    /// share what did not change.
    @SuppressWarnings("ReferenceEquality") // sharing is what is asked about
    public boolean isSame(MemoryImage other, int bo) {
        return bos.find(bo) == other.bos.find(bo);
    }

    @Override
    public long sizeBytes(int bo) {
        BoImage image = bos.find(bo);
        return image == null ? -1 : image.sizeBytes();
    }

    @Override
    public byte[] read(int bo, long offset, int length, boolean[] known) {
        return read(bos.find(bo), offset, length, known);
    }

    @Override
    public long lastWriter(int bo, long offset) {
        BoImage image = bos.find(bo);
        if (image == null || offset < 0) {
            return -1;
        }
        Page page = image.pages().find(offset / Page.BYTES);
        if (page != null) {
            return page.writerOf((int) (offset % Page.BYTES));
        }
        return offset < image.sizeBytes() ? image.createdBy() : -1;
    }

    static byte[] read(@Nullable BoImage image, long offset, int length, boolean[] known) {
        if (known.length != length) {
            throw new IllegalArgumentException("length=" + length + " known=" + known.length);
        }
        byte[] bytes = new byte[length];
        Arrays.fill(known, false);
        if (image == null || offset < 0) {
            return bytes;
        }
        for (int done = 0; done < length; ) {
            long at = offset + done;
            int inPage = (int) (at % Page.BYTES);
            int part = Math.min(length - done, Page.BYTES - inPage);
            Page page = image.pages().find(at / Page.BYTES);
            if (page != null) {
                page.read(inPage, bytes, known, done, part);
            } else if (image.isZeroed()) {
                Arrays.fill(known, done, done + part, true);
            }
            for (int i = 0; image.sizeBytes() >= 0 && i < part; i++) {
                known[done + i] &= at + i < image.sizeBytes();
            }
            done += part;
        }
        return bytes;
    }
}
