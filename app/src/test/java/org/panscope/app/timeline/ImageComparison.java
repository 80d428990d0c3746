package org.panscope.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;

import javax.imageio.ImageIO;

/// Compares a picture with the stored one of the same name, by the share of pixels that differ. On
/// failure the picture and the difference are left in `target/images`.
final class ImageComparison {
    /// Anti-aliasing differs a little between font engines.
    private static final int CHANNEL_TOLERANCE = 40;

    /// Share of pixels that may differ.
    static final double SHARE = 0.01;

    private ImageComparison() {}

    static void assertLooksLike(String name, BufferedImage actual) throws IOException {
        File folder = new File("target/images");
        assertTrue(folder.isDirectory() || folder.mkdirs());
        try (InputStream in = ImageComparison.class.getResourceAsStream(name + ".png")) {
            if (in == null) {
                ImageIO.write(actual, "png", new File(folder, name + ".actual.png"));
                fail("no stored picture " + name + ".png; the new one is in " + folder);
            }
            compare(name, ImageIO.read(in), actual, folder);
        }
    }

    /// Compares with a picture outside of the test's own.
    static void assertLooksLike(File expected, BufferedImage actual) throws IOException {
        File folder = new File("target/images");
        assertTrue(folder.isDirectory() || folder.mkdirs());
        assertTrue(expected.isFile(), () -> expected + " does not exist");
        compare(expected.getName(), ImageIO.read(expected), actual, folder);
    }

    /// Share of pixels that differ, from 0 to 1; the pictures are of one size.
    static double shareOfDifference(BufferedImage expected, BufferedImage actual) {
        assertEquals(expected.getWidth(), actual.getWidth(), "width");
        assertEquals(expected.getHeight(), actual.getHeight(), "height");
        long different = 0;
        for (int y = 0; y < actual.getHeight(); y++) {
            for (int x = 0; x < actual.getWidth(); x++) {
                different += differs(expected.getRGB(x, y), actual.getRGB(x, y)) ? 1 : 0;
            }
        }
        return (double) different / ((long) actual.getWidth() * actual.getHeight());
    }

    private static void compare(
            String name, BufferedImage expected, BufferedImage actual, File folder)
            throws IOException {
        double share = shareOfDifference(expected, actual);
        if (share > SHARE) {
            ImageIO.write(actual, "png", new File(folder, name + ".actual.png"));
            ImageIO.write(
                    difference(expected, actual), "png", new File(folder, name + ".diff.png"));
            fail(name + ": " + share * 100 + " % of the pixels differ; see " + folder);
        }
    }

    private static BufferedImage difference(BufferedImage expected, BufferedImage actual) {
        BufferedImage difference =
                new BufferedImage(
                        actual.getWidth(), actual.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < actual.getHeight(); y++) {
            for (int x = 0; x < actual.getWidth(); x++) {
                if (differs(expected.getRGB(x, y), actual.getRGB(x, y))) {
                    difference.setRGB(x, y, 0xff0000);
                }
            }
        }
        return difference;
    }

    private static boolean differs(int a, int b) {
        for (int shift = 0; shift < 24; shift += 8) {
            if (Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > CHANNEL_TOLERANCE) {
                return true;
            }
        }
        return false;
    }
}
