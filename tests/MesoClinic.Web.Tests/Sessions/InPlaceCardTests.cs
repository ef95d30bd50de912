using Bunit;
using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class InPlaceCardTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_colleague_stops_a_record_that_was_left_open_and_signs_it_a_day_later()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (scene, colleague) = (await SessionScene.StartedAsync(clinic), await clinic.AddCosmetologistAsync("Linh Tran"));
        await clinic.InDatabaseAsync(async db =>
        {
            db.PatientAssignments.Add(new Domain.Patients.PatientAssignment { PatientId = scene.Patient, StaffMemberId = colleague, AssignedUtc = TestClinic.Start.UtcDateTime });
            await db.SaveChangesAsync();
        });
        this.UseClinic(clinic, colleague, "Cosmetologist");
        Services.AddSingleton(clinic.Clock).AddSingleton<TimeProvider>(clinic.Clock).AddSingleton<SessionScreens>();
        var card = Render<InPlaceCard>(parameters => parameters.Add(c => c.Record, Read()));

        await card.Field("Why does the session stop?").ChangeAsync("Irina Volkova was taken ill");
        await card.Find("form").SubmitAsync();
        await card.WaitForAssertionAsync(() => Assert.NotNull(Read().AbortedAt), Patience);
        card.Render(parameters => parameters.Add(c => c.Record, Read()));
        Assert.Contains("a colleague can sign it in their place", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("button"));

        clinic.Clock.Advance(TimeSpan.FromHours(24));
        card.Render(parameters => parameters.Add(c => c.Record, Read()));
        await card.Find("button").ClickAsync();

        await card.WaitForAssertionAsync(() => Assert.Equal(("Irina Volkova", "Linh Tran"), (Read().Practitioner, Read().SignedBy)), Patience);

        GetSession.Record Read() => clinic.SendAsync(colleague, new GetSession.Query { SessionId = scene.Session }).GetAwaiter().GetResult().Must();
    }
}
