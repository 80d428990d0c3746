package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

/// What processes and threads are called: at the beginning what the file says of them anywhere,
/// then what its events say as they go by.
///
/// perfetto: protos/perfetto/trace/ps/process_tree.proto
final class ProcessNames {
    private static final int KERNEL_THREADS = 2;
    private static final String IDLE = "<idle>";

    private final IntTexts threads = new IntTexts();
    private final IntTexts processes = new IntTexts();
    private final ProtoCursor item = new ProtoCursor();

    /// Takes in a process tree.
    void addTree(ProtoCursor tree) throws ProtoException {
        while (tree.next()) {
            if (tree.field() == 1 && !tree.isNumber()) {
                process(item.on(tree));
            } else if (tree.field() == 2 && !tree.isNumber()) {
                thread(item.on(tree));
            }
        }
    }

    private void process(ProtoCursor in) throws ProtoException {
        int pid = -1;
        int parent = -1;
        String command = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> pid = in.int32();
                case 2 -> parent = in.int32();
                case 3 -> command = command == null ? in.text() : command;
                default -> {}
            }
        }
        if (command == null || command.isEmpty()) {
            return;
        }
        processes.putIfAbsent(pid, command);
        // Only of a kernel thread the command line is the thread's name.
        if (parent == KERNEL_THREADS || pid == KERNEL_THREADS) {
            threads.putIfAbsent(pid, command);
        }
    }

    private void thread(ProtoCursor in) throws ProtoException {
        int tid = -1;
        String name = "";
        while (in.next()) {
            if (in.field() == 1) {
                tid = in.int32();
            } else if (in.field() == 2) {
                name = in.text();
            }
        }
        learnAnywhere(tid, name);
    }

    /// A name that holds until events tell another.
    void learnAnywhere(int tid, String name) {
        if (!name.isEmpty() && tid > 0) {
            threads.putIfAbsent(tid, name);
        }
    }

    void learnProcess(int pid, String name) {
        if (!name.isEmpty()) {
            processes.putIfAbsent(pid, name);
        }
    }

    /// A name from now on.
    void learn(int tid, String name) {
        if (tid > 0) {
            threads.put(tid, name);
        }
    }

    /// Name of a thread now, or null.
    @Nullable String thread(int tid) {
        return tid == 0 ? IDLE : tid < 0 ? null : threads.get(tid);
    }

    /// Name of a process, or of its first thread, or null.
    @Nullable String process(int pid) {
        String name = processes.get(pid);
        return name == null ? threads.get(pid) : name;
    }
}
