package org.panscope.app.shell;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;

import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/// A picture of the window's content, made from a scene in no stage: its size is free of the
/// screen's.
public final class WindowScreenshot {
    private WindowScreenshot() {}

    /// Draws a root node. On the JavaFX thread.
    public static WritableImage snapshot(Parent root, int width, int height) {
        Scene scene = root.getScene();
        if (scene == null) {
            scene = new Scene(root, width, height);
        }
        root.applyCss();
        root.layout();
        return scene.snapshot(null);
    }

    /// Writes a picture as PNG.
    public static void write(WritableImage image, Path file) throws IOException {
        if (!ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile())) {
            throw new IOException(file + ": this Java runtime cannot write PNG");
        }
    }
}
