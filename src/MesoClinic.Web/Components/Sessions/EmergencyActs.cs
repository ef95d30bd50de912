using MesoClinic.Rules;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What the emergency card says: the signs are the table's red flags, the acts first aid that leaves doses to the clinic's own protocol.</summary>
public sealed record EmergencyAct(string Id, string Title, string Signs, string Act)
{
    public static IReadOnlyList<EmergencyAct> Of(RuleBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return
        [
            Row("cx-anaphylaxis", "Lie the patient down with legs raised unless breathless. Adrenaline by the clinic's protocol. Stay with the patient."),
            Row("cx-vascular-occlusion", "Stop at once, do not press or ice. Hyaluronidase by the clinic's protocol. Get a physician now."),
            Row("cx-visual-loss", "Emergency department with an eye service at once; note the time of the first symptom."),
            Row("cx-anaesthetic-toxicity", "Stop, lay flat, keep the airway open, call for help."),
        ];

        EmergencyAct Row(string id, string act)
        {
            var row = book.Knowledge.Complications.Single(c => c.Id == id);
            return new EmergencyAct(row.Id, row.Title, string.Join("; ", row.RedFlags), act);
        }
    }
}
