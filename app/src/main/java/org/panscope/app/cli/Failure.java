package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// What a failure says to a person: one line that names what, where and why.
final class Failure {
    private Failure() {}

    static String oneLine(Throwable e) {
        return oneLine(
                switch (e) {
                    // The wrapper's own text would begin with a class name.
                    case UncheckedIOException wrapper ->
                            oneLine(Objects.requireNonNull(wrapper.getCause()));
                    case NoSuchFileException missing -> missing.getFile() + ": no such file";
                    case AccessDeniedException denied -> denied.getFile() + ": permission denied";
                    case FileSystemException other when other.getReason() == null ->
                            other.getFile() + ": " + nameOf(other);
                    case OutOfMemoryError tooLarge ->
                            "not enough memory; PANSCOPE_JAVA_OPTS=-Xmx4g gives more";
                    case StackOverflowError tooDeep ->
                            "the input is nested too deeply (--debug shows where)";
                    case IOException expected -> messageOf(expected);
                    case IllegalArgumentException expected -> messageOf(expected);
                    default -> nameOf(e) + ": " + messageOf(e) + " (--debug shows where)";
                });
    }

    /// The text without anything that would break the line or steer the terminal.
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> line.appendCodePoint(printable(c)));
        return line.toString();
    }

    private static int printable(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029
                ? ' '
                : codePoint;
    }

    private static String messageOf(Throwable e) {
        @Nullable String message = e.getMessage();
        return message == null || message.isBlank() ? nameOf(e) : message;
    }

    /// `EOFException` as `EOF`: the class is all there is to say.
    private static String nameOf(Throwable e) {
        String name = Objects.requireNonNull(e.getClass().getSimpleName());
        return name.endsWith("Exception")
                ? name.substring(0, name.length() - "Exception".length())
                : name;
    }
}
