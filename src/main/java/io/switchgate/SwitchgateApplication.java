package io.switchgate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import io.switchgate.configuration.CheckCommand;
import io.switchgate.probe.ProbeCommand;

/**
 * Starts the gateway, or runs a command.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SwitchgateApplication {

	private static final int MISUSED = 2;

	public static void main(String[] args) {
		if (args.length > 0 && !args[0].startsWith("-")) {
			System.exit(run(args));
		}
		SpringApplication.run(SwitchgateApplication.class, args);
		// The start leaves more garbage than hours of idling will, and only a full
		// collection shrinks the heap.
		System.gc();
	}

	private static int run(String... args) {
		return switch (args[0]) {
			case CheckCommand.NAME -> new CheckCommand(SwitchgateApplication.class, System.out, System.err).run(args);
			case ProbeCommand.NAME -> new ProbeCommand(System.out, System.err).run(args);
			default -> {
				System.err.println("command: " + args[0] + " (expected: " + CheckCommand.NAME + ", " + ProbeCommand.NAME
						+ ", or none to start)");
				yield MISUSED;
			}
		};
	}

}
