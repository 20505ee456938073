// Starts the citizen page.
import { createApp } from "vue";
import "../styles/tokens.css";
import "../styles/citizen.css";
import "../styles/citizen_cards.css";
import "../styles/citizen_elder.css";
import "../styles/citizen_desk.css";
import "../styles/citizen_print.css";
import App from "./App.vue";
import { apply_preferences } from "./preferences";

apply_preferences();
createApp(App).mount("#app");
