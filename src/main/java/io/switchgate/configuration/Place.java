package io.switchgate.configuration;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.io.Resource;

/**
 * Line of a configuration file.
 *
 * @param file name of the file, from the working directory where that is shorter
 * @param line line, from 1; 0 where it is not known
 */
record Place(String file, int line) {

	/**
	 * Returns where a property is written, or null if it does not come from a file.
	 */
	static @Nullable Place of(@Nullable Origin origin) {
		Origin current = origin;
		while (current instanceof PropertySourceOrigin wrapper) {
			current = wrapper.getOrigin();
		}
		if (current instanceof TextResourceOrigin text && text.getResource() != null) {
			TextResourceOrigin.Location location = text.getLocation();
			return new Place(name(text.getResource()), (location != null) ? location.getLine() + 1 : 0);
		}
		return null;
	}

	private static String name(Resource resource) {
		try {
			return name(resource.getFile().toPath());
		}
		catch (IOException ex) {
			return String.valueOf(resource.getFilename());
		}
	}

	static String name(Path file) {
		Path absolute = file.toAbsolutePath().normalize();
		Path here = Path.of("").toAbsolutePath();
		return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
	}

	@Override
	public String toString() {
		return (this.line > 0) ? this.file + ":" + this.line : this.file;
	}

}
