using Bunit;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class AllergyTestsCardTests : BunitContext
{
    [Fact]
    public async Task Lots_that_may_not_be_used_today_are_offered_only_for_a_dose_of_an_earlier_day()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        var good = await clinic.AddLotAsync("ing-vitamin-c");
        var recalled = await clinic.AddLotAsync("ing-vitamin-c", lot => (lot.RecalledUtc, lot.RecallReason) = (TestClinic.Start.UtcDateTime, "particles"));
        var gone = await clinic.AddLotAsync("ing-vitamin-c");
        await clinic.InDatabaseAsync(db => db.Products.Where(p => db.Lots.Any(l => l.Id == gone && l.ProductId == p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.IsActive, false)));
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        var card = Render<AllergyTestsCard>(parameters => parameters.Add(c => c.PatientId, scene.Patient).Add(c => c.Today, clinic.Today));

        Assert.Contains("tel:999", card.Find("details.em").InnerHtml, StringComparison.Ordinal);
        Assert.Equal((true, false, false), (Offers(good), Offers(recalled), Offers(gone)));
        await card.EnterAsync("Applied on", $"{clinic.Today.AddDays(-1):yyyy-MM-dd}");
        Assert.Equal((true, true, true), (Offers(good), Offers(recalled), Offers(gone)));

        bool Offers(Guid lot) => card.FindAll($"option[value='{lot}']").Count == 1;
    }
}
