import { DecimalPipe } from "@angular/common";
import { Component, computed, CUSTOM_ELEMENTS_SCHEMA, signal } from "@angular/core";

interface Order {
  key: string;
  customer: string;
  total: number;
}

@Component({
  selector: "order-list",
  imports: [DecimalPipe],
  schemas: [CUSTOM_ELEMENTS_SCHEMA], // Angular takes `<apropos-…>` for elements, not for components of its own
  template: `
    @if (endpoint(); as endpoint) {
      <apropos-app [attr.endpoint]="endpoint" token-url="/apropos-token" host-name="Orders"></apropos-app>
    }
    <h1>Orders</h1>
    <label><input type="checkbox" (change)="isDearestFirst.set(!isDearestFirst())" /> Dearest first</label>
    <table>
      @for (order of sorted(); track order.key) {
        <tr>
          <td><button type="button" (click)="chosen.set(order.key)">{{ order.key }}</button></td>
          <td>{{ order.customer }}</td>
          <td>
            {{ order.total | number }} EUR
            <apropos-pin
              [attr.record]="'order:' + order.key" field="total" [attr.label]="'Total of ' + order.key"
            ></apropos-pin>
          </td>
        </tr>
      }
    </table>
    @if (chosen(); as chosen) {
      <apropos-thread [attr.record]="'order:' + chosen" (apropos-posted)="posted.set(posted() + 1)"></apropos-thread>
    }
    <output>{{ posted() }} written here</output>
  `,
})
export class Orders {
  readonly endpoint = signal<string | null>(null);
  readonly orders = signal<Order[]>([]);
  readonly isDearestFirst = signal(false);
  readonly chosen = signal<string | null>(null);
  readonly posted = signal(0);
  readonly sorted = computed(() =>
    this.isDearestFirst() ? this.orders().toSorted((one, other) => other.total - one.total) : this.orders(),
  );

  constructor() {
    this.read();
  }

  private async read(): Promise<void> {
    const { endpoint, orders } = await (await fetch("/api/orders")).json();
    this.endpoint.set(endpoint);
    this.orders.set(orders);
  }
}
