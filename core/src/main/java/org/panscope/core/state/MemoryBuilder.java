package org.panscope.core.state;

import org.jspecify.annotations.Nullable;

/// Memory while events are applied to it. Pages written since the last [#snapshot] are changed in
/// place, all others are copied first.
final class MemoryBuilder {
    /// Longest range whose bytes are forgotten one by one; of longer ones the whole object is.
    private static final long MAX_FORGET_BYTES = 1 << 20;

    private PersistentMap<Integer, BoImage> bos;
    private Page.Edit edit = new Page.Edit();

    MemoryBuilder(MemoryImage start) {
        bos = start.bos();
    }

    MemoryImage snapshot() {
        edit = new Page.Edit();
        return new MemoryImage(bos);
    }

    void create(int bo, long sizeBytes, long seq) {
        bos = bos.with(bo, new BoImage(Math.max(sizeBytes, 0), seq, PersistentMap.empty()));
    }

    void destroy(int bo) {
        bos = bos.without(bo);
    }

    /// The objects by now; valid until the next store.
    MemoryImage view() {
        return new MemoryImage(bos);
    }

    @Nullable BoImage find(int bo) {
        return bos.find(bo);
    }

    /// Stores bytes; what lies outside the object is dropped.
    ///
    /// @return whether all of it lay inside
    boolean write(int bo, long offset, byte[] data, long seq) {
        BoImage image = imageOf(bo);
        long length = insideLength(image, offset, data.length);
        for (int done = 0; done < length; ) {
            int inPage = (int) ((offset + done) % Page.BYTES);
            int part = (int) Math.min(length - done, Page.BYTES - inPage);
            writable(bo, (offset + done) / Page.BYTES).write(inPage, data, done, part, seq);
            done += part;
        }
        return length == data.length;
    }

    /// Bytes were stored that were not observed.
    boolean forget(int bo, long offset, long length, long seq) {
        BoImage image = imageOf(bo);
        long inside = insideLength(image, offset, length);
        if (inside > MAX_FORGET_BYTES) {
            forgetAll(bo);
            return false;
        }
        for (long done = 0; done < inside; ) {
            int inPage = (int) ((offset + done) % Page.BYTES);
            int part = (int) Math.min(inside - done, Page.BYTES - inPage);
            writable(bo, (offset + done) / Page.BYTES).forget(inPage, part, seq);
            done += part;
        }
        return inside == length;
    }

    /// Nothing is known of its bytes any more.
    void forgetAll(int bo) {
        bos = bos.with(bo, new BoImage(imageOf(bo).sizeBytes(), -1, PersistentMap.empty()));
    }

    private BoImage imageOf(int bo) {
        BoImage image = bos.find(bo);
        return image == null ? BoImage.UNKNOWN : image;
    }

    /// How much of a range lies inside an object; all of it when its size is unknown.
    private static long insideLength(BoImage image, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length < 0) {
            return 0;
        }
        return image.sizeBytes() < 0
                ? length
                : Math.max(0, Math.min(length, image.sizeBytes() - offset));
    }

    private Page writable(int bo, long pageIndex) {
        BoImage image = imageOf(bo);
        Page page = image.pages().find(pageIndex);
        if (page != null && page.isOwnedBy(edit)) {
            return page;
        }
        Page mine =
                page == null
                        ? Page.fresh(image.isZeroed(), image.createdBy(), edit)
                        : page.copyFor(edit);
        bos = bos.with(bo, image.with(pageIndex, mine));
        return mine;
    }
}
