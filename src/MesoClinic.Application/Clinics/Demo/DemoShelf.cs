using MesoClinic.Domain.Cocktails;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>What goes with the stock: its history, a recall that is half done, and two recipes.</summary>
internal static class DemoShelf
{
    /// <param name="received">Patients of the recalled lot; the first has been told already.</param>
    public static IEnumerable<object> RecordsOf(DemoStock stock, IEnumerable<Guid> received, Guid manager, Guid clinician, DemoIds ids)
    {
        foreach (var lot in stock.Lots)
        {
            var came = lot.ReceivedOn.ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc);
            yield return new StockMovement { Id = ids.Next(), LotId = lot.Id, Reason = StockReason.Received, Change = lot.AmpoulesReceived, Left = lot.AmpoulesReceived, ReceivedOn = lot.ReceivedOn, AtUtc = came, ById = manager };
            if (lot.AmpoulesLeft < lot.AmpoulesReceived)
            {
                yield return new StockMovement { Id = ids.Next(), LotId = lot.Id, Reason = StockReason.Session, Change = lot.AmpoulesLeft - lot.AmpoulesReceived, Left = lot.AmpoulesLeft, AtUtc = came.AddDays(1) };
            }
        }

        var recall = new LotRecall { Id = ids.Next(), LotId = stock.Recalled.Id, Reason = stock.Recalled.RecallReason!, RecalledUtc = stock.Recalled.RecalledUtc!.Value, RecalledById = manager };
        yield return recall;
        foreach (var patient in received.Take(1))
        {
            yield return new RecallContact { Id = ids.Next(), RecallId = recall.Id, PatientId = patient, Outcome = RecallOutcome.Acknowledged, Way = ContactWay.Phone, AtUtc = recall.RecalledUtc.AddHours(2), ById = clinician };
        }

        yield return new Recipe { Id = ids.Next(), Name = "House revitalising", Lines = [new RecipeLine(stock.Products[0].Id, null, 0.6m), new RecipeLine(null, "ing-amino-acids", 0.3m), new RecipeLine(null, "ing-vitamin-c", 0.1m)] };
        yield return new Recipe { Id = ids.Next(), Name = "Hyaluron alone", OwnerId = clinician, Lines = [new RecipeLine(stock.Products[0].Id, null, 1m)] };
    }
}
