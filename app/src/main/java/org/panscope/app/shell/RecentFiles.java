package org.panscope.app.shell;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The files opened last, latest first, kept in the window's memory.
final class RecentFiles {
    private static final int KEPT = 10;
    private static final String KEY = "recent";

    private final WindowMemory memory;
    private final ObservableList<Path> files = FXCollections.observableArrayList();

    RecentFiles(WindowMemory memory) {
        this.memory = memory;
        String stored = memory.get(KEY);
        if (stored != null) {
            stored.lines().limit(KEPT).forEach(this::addStored);
        }
    }

    private void addStored(String line) {
        try {
            files.add(Path.of(line));
        } catch (InvalidPathException e) {
            System.getLogger(RecentFiles.class.getName())
                    .log(System.Logger.Level.DEBUG, "not a path: " + line, e);
        }
    }

    /// Latest first.
    ObservableList<Path> files() {
        return files;
    }

    void opened(Path file) {
        offer(List.of(file));
    }

    /// Puts files that could be opened on top, in their order.
    void offer(List<Path> offered) {
        for (Path file : offered.reversed()) {
            Path absolute = file.toAbsolutePath();
            files.remove(absolute);
            files.addFirst(absolute);
        }
        if (files.size() > KEPT) {
            files.remove(KEPT, files.size());
        }
        memory.put(KEY, String.join("\n", files.stream().map(Path::toString).toList()));
    }
}
