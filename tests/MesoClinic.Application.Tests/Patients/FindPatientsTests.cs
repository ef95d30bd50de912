using MesoClinic.Application.Patients;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Patients;

public sealed class FindPatientsTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Finds_a_person_however_the_desk_types(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { GivenName = "Hannah-Marie", FamilyName = "Lindqvist Ødegård" });
        await clinic.AddPatientAsync(new PatientOptions { GivenName = "Đức", FamilyName = "Nguyễn", BirthDate = new DateOnly(1985, 12, 2), Phone = "+84 28 3822 9999", Email = null });

        foreach (var text in new[]
        {
            "lindq", "hannah lind", "LINDQVIST hannah", "odegard", "marie", "79460128", "020 7946 0128", "0128",
            "1990-03-11", "11.03.1990", "11/3/1990", "3/11/1990", "11 March 1990", "hannah 11.3.1990", "hannah@post.example", "hannah@po",
        })
        {
            var found = await clinic.SendAsync(irina, new FindPatients.Query { Text = text });
            Assert.True(found.Value!.Rows is [{ } only] && only.Id == hannah, $"\"{text}\" finds {found.Value.Rows.Count}");
        }

        foreach (var text in new[] { "annah", "hannah smith", "1990-03-12", "99999999999", "post.example@", "%", "_" })
        {
            var found = await clinic.SendAsync(irina, new FindPatients.Query { Text = text });
            Assert.True(text is "%" or "_" ? found.Value!.Total == 2 : found.Value!.Total == 0, $"\"{text}\" finds {found.Value!.Total}");
        }

        Assert.Equal("Đức Nguyễn", Assert.Single((await clinic.SendAsync(irina, new FindPatients.Query { Text = "duc nguyen" })).Value!.Rows).Name);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Pages_through_everybody_in_the_order_of_family_names(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var irina = await clinic.AddCosmetologistAsync();
        foreach (var name in new[] { "Cole", "Abel", "Bond" })
        {
            await clinic.AddPatientAsync(new PatientOptions { FamilyName = name });
        }

        var first = (await clinic.SendAsync(irina, new FindPatients.Query { PageSize = 2 })).Value!;
        var second = (await clinic.SendAsync(irina, new FindPatients.Query { PageSize = 2, PageNumber = 2 })).Value!;

        Assert.Equal(3, first.Total);
        Assert.Equal(["Hannah Abel", "Hannah Bond", "Hannah Cole"], first.Rows.Concat(second.Rows).Select(row => row.Name));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Tells_whose_chart_is_open_and_refuses_patients(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (irina, linh) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"));
        var hannah = await clinic.AddHealthyPatientAsync(irina);
        var account = await clinic.AddPatientAccountAsync(hannah);

        Assert.True((await clinic.SendAsync(irina, new FindPatients.Query())).Value!.Rows.Single().ChartIsOpen);
        Assert.False((await clinic.SendAsync(linh, new FindPatients.Query())).Value!.Rows.Single().ChartIsOpen);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(account, new FindPatients.Query())).Failure);
    }
}
