import { AproposApp, AproposPin, AproposThread } from "apropos-widget/react";
import { useEffect, useState } from "react";

export function Orders() {
  const [{ endpoint, orders }, setFound] = useState({ orders: [] });
  const [isDearestFirst, setDearestFirst] = useState(false);
  const [chosen, choose] = useState(null);
  const [posted, setPosted] = useState(0);
  useEffect(() => {
    fetch("/api/orders").then(async (answer) => setFound(await answer.json()));
  }, []);
  const sorted = isDearestFirst ? orders.toSorted((one, other) => other.total - one.total) : orders;
  return (
    <>
      {endpoint && <AproposApp endpoint={endpoint} tokenUrl="/apropos-token" hostName="Orders" />}
      <h1>Orders</h1>
      <label>
        <input type="checkbox" checked={isDearestFirst} onChange={(event) => setDearestFirst(event.target.checked)} />{" "}
        Dearest first
      </label>
      <table>
        <tbody>
          {sorted.map(({ key, customer, total }) => (
            <tr key={key}>
              <td>
                <button type="button" onClick={() => choose(key)}>
                  {key}
                </button>
              </td>
              <td>{customer}</td>
              <td>
                {total.toLocaleString()} EUR{" "}
                <AproposPin record={`order:${key}`} field="total" label={`Total of ${key}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && <AproposThread record={`order:${chosen}`} onPosted={() => setPosted((before) => before + 1)} />}
      <output>{posted} written here</output>
    </>
  );
}
