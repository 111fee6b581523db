package io.switchgate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the gateway.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SwitchgateApplication {

	public static void main(String[] args) {
		SpringApplication.run(SwitchgateApplication.class, args);
	}

}
