using MesoClinic.Application.Patients;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Patients;

public sealed class RegisterPatientTests
{
    private static RegisterPatient.Command Hannah(Action<RegisterPatient.Command>? change = null)
    {
        var command = new RegisterPatient.Command { GivenName = "Hannah", FamilyName = "Lindqvist", BirthDate = new DateOnly(1990, 3, 11), Sex = Sex.Female };
        change?.Invoke(command);
        return command;
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Registers_and_assigns_the_cosmetologist_who_does_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var command = Hannah(c => (c.GivenName, c.Phone, c.Email) = ("  <b>Hannah</b> 🌸 ", " +44 20 7946 0128 ", "hannah@post.example"));

        var first = await clinic.SendAsync(irina, command);
        var again = await clinic.SendAsync(irina, command);

        Assert.True(first.Succeeded);
        Assert.Equal(first.Value, again.Value);
        var patient = await clinic.InDatabaseAsync(db => db.Patients.SingleAsync());
        Assert.Equal(("<b>Hannah</b> 🌸", "+44 20 7946 0128"), (patient.GivenName, patient.Phone));
        Assert.True((await clinic.SendAsync(irina, new GetChart.Query(first.Value))).Succeeded);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Refuses_what_cannot_be_beside_its_field_and_saves_nothing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        (string Field, Action<RegisterPatient.Command> Change)[] bad =
        [
            ("GivenName", c => c.GivenName = " "),
            ("FamilyName", c => c.FamilyName = new string('x', 101)),
            ("BirthDate", c => c.BirthDate = null),
            ("BirthDate", c => c.BirthDate = clinic.Today.AddDays(1)),
            ("BirthDate", c => c.BirthDate = new DateOnly(1899, 12, 31)),
            ("Phone", c => c.Phone = "call me"),
            ("Phone", c => c.Phone = "123"),
            ("Email", c => c.Email = "hannah@post"),
            ("Email", c => c.Email = "hannah post.example"),
            ("Language", c => c.Language = "xx"),
        ];

        foreach (var (field, change) in bad)
        {
            var outcome = await clinic.SendAsync(irina, Hannah(change));
            Assert.Equal([field], Assert.IsType<Failure.Invalid>(outcome.Failure).Errors.Keys);
        }

        Assert.False(await clinic.InDatabaseAsync(db => db.Patients.AnyAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Warns_of_the_same_name_and_birth_date_and_lets_another_person_in(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var existing = await clinic.AddPatientAsync(new PatientOptions { GivenName = "Lindqvist", FamilyName = "Hánnah" });

        var warned = await clinic.SendAsync(irina, Hannah());
        var listed = await clinic.SendAsync(irina, new FindDuplicates.Query("Hannah", "Lindqvist", new DateOnly(1990, 3, 11)));
        var confirmed = await clinic.SendAsync(irina, Hannah(c => c.IsAnotherPerson = true));
        var otherDay = await clinic.SendAsync(irina, Hannah(c => c.BirthDate = new DateOnly(1990, 3, 12)));

        Assert.Equal(["IsAnotherPerson"], Assert.IsType<Failure.Invalid>(warned.Failure).Errors.Keys);
        Assert.Equal(existing, Assert.Single(listed.Value!).Id);
        Assert.True(confirmed.Succeeded);
        Assert.True(otherDay.Succeeded);
    }
}
