package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.IVersionProvider;

/// Version of the program, from the jar's manifest.
public final class Version implements IVersionProvider {
    private static final String UNPACKAGED = "unpackaged";

    /// `0.1.0`, or `unpackaged` when run from class files.
    public static String number() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKAGED : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"panscope " + number()};
    }
}
