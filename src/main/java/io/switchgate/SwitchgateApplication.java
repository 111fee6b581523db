package io.switchgate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import io.switchgate.routes.CheckCommand;

/**
 * Starts the gateway, or runs a command.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SwitchgateApplication {

	public static void main(String[] args) {
		if (args.length > 0 && !args[0].startsWith("-")) {
			System.exit(new CheckCommand(SwitchgateApplication.class, System.out, System.err).run(args));
		}
		SpringApplication.run(SwitchgateApplication.class, args);
	}

}
